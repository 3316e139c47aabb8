import AWSCore
import JSON
import StatesLanguage
import Telemetry

/// How machines are written down.
extension StateMachine {
    var json: JSON {
        .members([
            "arn": .string(arn), "name": .string(name), "type": .string(type.rawValue),
            "created": .microseconds(created), "number": .int(number), "revision": revision.json,
            "versions": .array(versions.map(\.json)), "nextVersion": .int(nextVersion),
            "aliases": .array(aliases.map(\.json)), "nextAlias": .int(nextAlias), "tags": tags.json,
        ])
    }

    init?(_ json: JSON) {
        guard let arn = json["arn"]?.string, let name = json["name"]?.string,
            let type = json["type"]?.string.flatMap(MachineType.init), let created = json["created"]?.timestamp,
            let revision = json["revision"].flatMap(MachineRevision.init)
        else { return nil }
        self.init(
            arn: arn, name: name, type: type, created: created, number: json["number"]?.int ?? 1, revision: revision)
        versions = json["versions"]?.array?.compactMap(MachineVersion.init) ?? []
        nextVersion = json["nextVersion"]?.int ?? versions.count + 1
        aliases = json["aliases"]?.array?.compactMap(MachineAlias.init) ?? []
        nextAlias = json["nextAlias"]?.int ?? aliases.count + 1
        tags = (try? Tags(json["tags"]?.array)) ?? Tags()
    }
}

extension MachineRevision {
    var json: JSON {
        .members([
            "text": .string(text), "role": .string(roleARN), "logging": logging.json, "traced": .bool(isTraced),
            "encryption": encryption, "id": .text(revisionID), "updated": .microseconds(updated),
        ])
    }

    init?(_ json: JSON) {
        guard let text = json["text"]?.string, let source = try? JSON(parsing: text) else { return nil }
        self.init(
            text: text, definition: StateMachineDefinition(source), roleARN: json["role"]?.string ?? "",
            logging: (try? LoggingConfiguration(json["logging"])) ?? LoggingConfiguration(),
            isTraced: json["traced"]?.bool ?? false, encryption: json["encryption"], revisionID: json["id"]?.string,
            updated: json["updated"]?.timestamp ?? Timestamp(microseconds: 0))
    }
}

extension MachineVersion {
    var json: JSON {
        .members([
            "number": .int(number), "revision": revision.json, "description": .text(description),
            "created": .microseconds(created),
        ])
    }

    init?(_ json: JSON) {
        guard let number = json["number"]?.int, let revision = json["revision"].flatMap(MachineRevision.init),
            let created = json["created"]?.timestamp
        else { return nil }
        self.init(number: number, revision: revision, description: json["description"]?.string, created: created)
    }
}

extension MachineAlias {
    var json: JSON {
        .members([
            "name": .string(name), "description": .string(description), "created": .microseconds(created),
            "updated": .microseconds(updated), "number": .int(number),
            "routes": .array(routes.map { [.int($0.version), .int($0.weight)] }),
        ])
    }

    init?(_ json: JSON) {
        guard let name = json["name"]?.string, let created = json["created"]?.timestamp else { return nil }
        let routes = json["routes"]?.array?.compactMap { pair -> Route? in
            guard let version = pair[0]?.int, let weight = pair[1]?.int else { return nil }
            return Route(version: version, weight: weight)
        }
        self.init(
            name: name, description: json["description"]?.string ?? "", routes: routes ?? [], created: created,
            updated: json["updated"]?.timestamp ?? created, number: json["number"]?.int ?? 1)
    }
}
