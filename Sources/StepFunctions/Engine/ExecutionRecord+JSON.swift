import JSON
import StatesLanguage
import Telemetry

/// How starts of executions are written down.
extension ExecutionRecord {
    /// - Parameter definition: the definition's key on the shelf.
    func json(definition key: String) -> JSON {
        .members([
            "arn": .string(arn), "name": .string(identity.name), "role": .string(identity.roleARN),
            "started": .microseconds(identity.started), "machine": .string(identity.machineARN),
            "machineName": .string(identity.machineName), "version": .text(identity.versionARN),
            "alias": .text(identity.aliasARN), "mapRun": .text(identity.mapRunARN), "mapItem": identity.mapItem,
            "type": .string(type.rawValue), "definition": .string(key), "revision": .text(revisionID),
            "updated": .microseconds(revisionUpdated), "logging": logging.json, "traced": .bool(isTraced),
            "input": .string(inputText), "seed": .string(String(seed)), "number": .int(number),
            "trigger": .string(trigger), "givenTrace": .text(givenTrace), "trace": .string(traceHeader),
            "traceParent": .text(traceParent.isEmpty ? nil : traceParent),
            "region": .string(region), "itemCount": .int(itemCount), "label": .text(label),
            "parent": .text(parentARN), "testCase": .text(testCase),
        ])
    }

    init?(_ json: JSON, shelf: DefinitionShelf) {
        guard let identity = ExecutionIdentity(record: json),
            let (text, definition) = json["definition"]?.string.flatMap(shelf.get),
            let inputText = json["input"]?.string, let input = try? JSON(parsing: inputText),
            let seed = json["seed"]?.string.flatMap(UInt64.init)
        else { return nil }
        self.init(
            identity: identity, type: identity.isExpress ? .express : .standard, definitionText: text,
            definition: definition, revisionID: json["revision"]?.string,
            revisionUpdated: json["updated"]?.timestamp ?? identity.started,
            logging: (try? LoggingConfiguration(json["logging"])) ?? LoggingConfiguration(),
            isTraced: json["traced"]?.bool ?? false, inputText: inputText, input: input, seed: seed,
            number: json["number"]?.int ?? 1, trigger: json["trigger"]?.string ?? "",
            givenTrace: json["givenTrace"]?.string, traceHeader: json["trace"]?.string ?? "",
            traceParent: json["traceParent"]?.string ?? "",
            region: json["region"]?.string ?? "", itemCount: json["itemCount"]?.int ?? 0,
            label: json["label"]?.string, parentARN: json["parent"]?.string, testCase: json["testCase"]?.string)
    }
}

extension ExecutionIdentity {
    fileprivate init?(record json: JSON) {
        guard let arn = json["arn"]?.string, let name = json["name"]?.string,
            let started = json["started"]?.timestamp, let machine = json["machine"]?.string
        else { return nil }
        self.init(
            arn: arn, name: name, roleARN: json["role"]?.string ?? "", started: started, machineARN: machine,
            machineName: json["machineName"]?.string ?? "", versionARN: json["version"]?.string,
            aliasARN: json["alias"]?.string, isExpress: json["type"]?.string == MachineType.express.rawValue,
            mapRunARN: json["mapRun"]?.string, mapItem: json["mapItem"])
    }
}
