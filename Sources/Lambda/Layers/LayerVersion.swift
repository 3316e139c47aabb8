import AWSCore
import JSON
import Telemetry

/// Files that functions share: unpacked once, and found by their runtimes.
struct LayerVersion: Hashable, Sendable {
    /// Of the layer, without the version.
    var arn: ARN
    var number: Int
    var code: FunctionCode
    var text = ""
    var license = ""
    var runtimes: [String] = []
    var architectures: [String] = []
    var created = Timestamp.now()
    /// Nobody finds it any more; functions that have it keep it.
    var isDeleted = false

    var name: String { String(arn.resource.dropFirst("layer:".count)) }
    var versionARN: String { "\(arn):\(number)" }
}

extension LayerVersion {
    /// An element of lists.
    var json: JSON {
        var json: JSON = [
            "LayerVersionArn": .string(versionARN), "Version": .int(number), "Description": .string(text),
            "CreatedDate": .string(created.lastModified),
        ]
        if !runtimes.isEmpty { json["CompatibleRuntimes"] = .array(runtimes.map { .string($0) }) }
        if !architectures.isEmpty { json["CompatibleArchitectures"] = .array(architectures.map { .string($0) }) }
        if !license.isEmpty { json["LicenseInfo"] = .string(license) }
        return json
    }

    var detail: JSON {
        var json = json
        json["LayerArn"] = .string(arn.description)
        json["Content"] = [
            "Location": .string("file://\(code.directory)"), "CodeSha256": .string(code.sha256),
            "CodeSize": .int(code.size),
        ]
        return json
    }

    var record: JSON {
        var record = detail
        record["Code"] = code.record
        record["Created"] = .int(Int(created.microseconds))
        record["IsDeleted"] = .bool(isDeleted)
        return record
    }

    init?(record: JSON) {
        guard let arn = record["LayerArn"]?.string.flatMap({ ARN($0) }), arn.resource.hasPrefix("layer:"),
            let number = record["Version"]?.int, number > 0, let code = FunctionCode(record: record["Code"])
        else { return nil }
        self.init(arn: arn, number: number, code: code)
        text = record["Description"]?.string ?? ""
        license = record["LicenseInfo"]?.string ?? ""
        runtimes = (record["CompatibleRuntimes"]?.array ?? []).compactMap(\.string)
        architectures = (record["CompatibleArchitectures"]?.array ?? []).compactMap(\.string)
        created = Timestamp(microseconds: Int64(record["Created"]?.int ?? 0))
        isDeleted = record["IsDeleted"]?.bool ?? false
    }
}
