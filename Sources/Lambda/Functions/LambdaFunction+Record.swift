import AWSCore
import JSON
import Telemetry

extension LambdaFunction {
    var record: JSON {
        var record: JSON = [
            "Configuration": configuration.json, "Modified": .int(Int(configuration.lastModified.microseconds)),
            "Code": code.record,
            "Tags": .object(tags), "Policy": .array(policy), "PolicyRevision": .string(policyRevision),
        ]
        if let reservedConcurrency { record["ReservedConcurrency"] = .int(reservedConcurrency) }
        guard lastVersion > 0 || !aliases.isEmpty || !eventInvokeConfigs.isEmpty else { return record }
        record["LastVersion"] = .int(lastVersion)
        record["Versions"] = .array(versions.map(\.record))
        record["Aliases"] = .array(aliases.values.sorted { $0.name < $1.name }.map { $0.json(arn) })
        record["EventInvokeConfigs"] = .object(
            eventInvokeConfigs.sorted { $0.key < $1.key }.reduce(into: JSONObject()) { object, entry in
                object[entry.key] = entry.value.json("\(arn):\(entry.key)")
            })
        return record
    }

    /// The runtime is looked for anew: interpreters come and go.
    init?(record: JSON) {
        guard let code = FunctionCode(record: record["Code"]),
            let configuration = FunctionConfiguration(record: record)
        else { return nil }
        self.init(
            configuration: configuration, code: code, runtime: .bootstrap,
            reservedConcurrency: record["ReservedConcurrency"]?.int, tags: record["Tags"]?.object ?? JSONObject(),
            policy: record["Policy"]?.array ?? [],
            policyRevision: record["PolicyRevision"]?.string ?? RequestID().description)
        versions = (record["Versions"]?.array ?? []).compactMap { PublishedVersion(record: $0) }
        lastVersion = max(record["LastVersion"]?.int ?? 0, versions.last.flatMap { Int($0.number) } ?? 0)
        for alias in (record["Aliases"]?.array ?? []).compactMap({ Alias(record: $0) }) { aliases[alias.name] = alias }
        eventInvokeConfigs = (record["EventInvokeConfigs"]?.object ?? JSONObject()).reduce(into: [:]) {
            $0[$1.0] = EventInvokeConfig(record: $1.1)
        }
    }
}

extension PublishedVersion {
    fileprivate var record: JSON {
        [
            "Configuration": configuration.json, "Modified": .int(Int(configuration.lastModified.microseconds)),
            "Code": code.record,
        ]
    }

    fileprivate init?(record: JSON) {
        guard let code = FunctionCode(record: record["Code"]),
            let configuration = FunctionConfiguration(record: record)
        else { return nil }
        self.init(configuration: configuration, code: code, runtime: .bootstrap)
    }
}

extension FunctionCode {
    var record: JSON {
        [
            "Directory": .string(directory), "Size": .int(size), "Sha256": .string(sha256),
            "IsLocalFolder": .bool(isLocalFolder),
        ]
    }

    init?(record: JSON?) {
        guard let record, let directory = record["Directory"]?.string else { return nil }
        self.init(
            directory: directory, size: record["Size"]?.int ?? 0, sha256: record["Sha256"]?.string ?? "",
            isLocalFolder: record["IsLocalFolder"]?.bool ?? false)
    }
}

extension FunctionConfiguration {
    fileprivate init?(record: JSON) {
        guard var input = record["Configuration"], let name = input["FunctionName"]?.string,
            FunctionReference.isName(name), let arn = input["FunctionArn"]?.string.flatMap({ ARN($0) })
        else { return nil }
        self.init(name: name, region: arn.region, account: arn.account)
        input["Layers"] = input["Layers"]?.array.map { .array($0.compactMap { $0["Arn"] }) }
        guard (try? apply(input)) != nil else { return nil }
        version = input["Version"]?.string ?? version
        codeSize = input["CodeSize"]?.int ?? 0
        codeSHA256 = input["CodeSha256"]?.string ?? ""
        revision = input["RevisionId"]?.string ?? revision
        lastModified = Timestamp(microseconds: Int64(record["Modified"]?.int ?? 0))
    }
}
