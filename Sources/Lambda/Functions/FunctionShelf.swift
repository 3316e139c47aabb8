import AWSCore
import Glibc
import JSON
import Telemetry

/// Functions as files, one each: what was acknowledged is there again after a crash.
struct FunctionShelf: Sendable {
    let directory: String

    init(directory: String) throws {
        self.directory = directory
        try Files.makeDirectory(directory)
    }

    /// The new file takes the place of the old one in one step.
    func put(_ function: LambdaFunction) throws(Files.Failure) {
        let path = path(function.name)
        try Files.write(function.record.bytes, to: path + ".new", mode: 0o600)
        guard rename(path + ".new", path) == 0 else { throw Files.Failure(path: path, code: errno) }
    }

    func remove(_ name: String) { unlink(path(name)) }

    /// All that can be read, by name; a file that cannot is left where it is and named.
    func load() -> (functions: [LambdaFunction], unreadable: [String]) {
        var functions: [LambdaFunction] = []
        var unreadable: [String] = []
        for name in Files.names(in: directory) where name.hasSuffix(".json") {
            let path = "\(directory)/\(name)"
            let bytes = Files.read(path, limit: Self.sizeLimit) ?? []
            if let record = try? JSON(parsing: bytes), let function = LambdaFunction(record: record) {
                functions.append(function)
            } else {
                unreadable.append(path)
            }
        }
        return (functions, unreadable)
    }

    /// A configuration has at most 4 KiB of variables, and a policy 20 KiB: this is far more.
    private static let sizeLimit = 1024 * 1024

    /// Names are letters, digits, `-` and `_`: always a file's name too.
    private func path(_ name: String) -> String { "\(directory)/\(name).json" }
}

extension LambdaFunction {
    var record: JSON {
        var record: JSON = [
            "Configuration": configuration.json, "Modified": .int(Int(configuration.lastModified.microseconds)),
            "Code": [
                "Directory": .string(code.directory), "Size": .int(code.size), "Sha256": .string(code.sha256),
                "IsLocalFolder": .bool(code.isLocalFolder),
            ],
            "Tags": .object(tags), "Policy": .array(policy), "PolicyRevision": .string(policyRevision),
        ]
        if let reservedConcurrency { record["ReservedConcurrency"] = .int(reservedConcurrency) }
        return record
    }

    /// The runtime is looked for anew: interpreters come and go.
    init?(record: JSON) {
        guard let code = record["Code"], let directory = code["Directory"]?.string,
            let configuration = FunctionConfiguration(record: record)
        else { return nil }
        self.init(
            configuration: configuration,
            code: FunctionCode(
                directory: directory, size: code["Size"]?.int ?? 0, sha256: code["Sha256"]?.string ?? "",
                isLocalFolder: code["IsLocalFolder"]?.bool ?? false),
            runtime: .bootstrap, reservedConcurrency: record["ReservedConcurrency"]?.int,
            tags: record["Tags"]?.object ?? JSONObject(), policy: record["Policy"]?.array ?? [],
            policyRevision: record["PolicyRevision"]?.string ?? RequestID().description)
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
        codeSize = input["CodeSize"]?.int ?? 0
        codeSHA256 = input["CodeSha256"]?.string ?? ""
        revision = input["RevisionId"]?.string ?? revision
        lastModified = Timestamp(microseconds: Int64(record["Modified"]?.int ?? 0))
    }
}
