import AWSCore
import JSON
import Synchronization

/// All layers, by name; versions the oldest first.
final class Layers: Sendable {
    private let all = Mutex<[String: [LayerVersion]]>([:])
    /// Where layers outlive the program; `nil` keeps them in memory only.
    private let directory: String?

    init(directory: String? = nil) throws {
        self.directory = directory
        if let directory { try Files.makeDirectory(directory) }
    }

    /// The name in a name or an ARN of a layer.
    static func name(_ text: String) throws(ServiceError) -> String {
        let name = ARN(text).map { arn in
            arn.service == "lambda" && arn.resource.hasPrefix("layer:") ? String(arn.resource.dropFirst(6)) : ""
        }
        guard FunctionReference.isName(name ?? text) else {
            throw .constraint(
                text, at: "layerName",
                "satisfy regular expression pattern: (arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:"
                    + "[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+")
        }
        return name ?? text
    }

    /// The newest versions of each layer that pass, by name.
    func latest(where isWanted: (LayerVersion) -> Bool) -> [LayerVersion] {
        all.withLock { $0 }.values.compactMap { $0.last { !$0.isDeleted && isWanted($0) } }.sorted { $0.name < $1.name }
    }

    /// The newest first.
    func versions(of name: String) -> [LayerVersion] {
        all.withLock { $0[name] ?? [] }.filter { !$0.isDeleted }.reversed()
    }

    func version(_ name: String, _ number: Int) throws(ServiceError) -> LayerVersion {
        guard let found = versions(of: name).first(where: { $0.number == number }) else {
            throw .missing("The resource you requested does not exist.")
        }
        return found
    }

    /// Takes in a version; it gets the next number.
    func add(_ version: LayerVersion) throws(ServiceError) -> LayerVersion {
        let result = all.withLock { all -> Result<LayerVersion, ServiceError> in
            var version = version
            version.number = (all[version.name]?.last?.number ?? 0) + 1
            if let failure = keep(version) { return .failure(failure) }
            all[version.name, default: []].append(version)
            return .success(version)
        }
        return try result.get()
    }

    /// What is not there is as good as deleted.
    func delete(_ name: String, _ number: Int) throws(ServiceError) {
        let failure = all.withLock { all -> ServiceError? in
            guard let place = all[name]?.firstIndex(where: { $0.number == number }) else { return nil }
            all[name]?[place].isDeleted = true
            return all[name].flatMap { keep($0[place]) }
        }
        if let failure { throw failure }
    }

    private func keep(_ version: LayerVersion) -> ServiceError? {
        guard let directory else { return nil }
        do throws(Files.Failure) {
            try Files.replace("\(directory)/\(version.name):\(version.number).json", with: version.record.bytes)
            return nil
        } catch {
            return ServiceError("ServiceException", "The layer cannot be stored: \(error)", status: 500)
        }
    }

    /// The folders of layers by their versions' ARNs, in that order; those that are not here are left out.
    func directories(of arns: [String]) -> [String] {
        let all = all.withLock { $0 }
        return arns.compactMap { text in
            guard let colon = text.lastIndex(of: ":"), let name = try? Self.name(String(text[..<colon])) else {
                return nil
            }
            return all[name]?.first { $0.versionARN == text }?.code.directory
        }
    }

    /// Takes in what another run of the program left.
    ///
    /// - Returns: files that could not be read.
    func restore() -> [String] {
        guard let directory else { return [] }
        var unreadable: [String] = []
        var found: [LayerVersion] = []
        for name in Files.names(in: directory) where name.hasSuffix(".json") {
            let path = "\(directory)/\(name)"
            let record = try? JSON(parsing: Files.read(path) ?? [])
            if let version = record.flatMap({ LayerVersion(record: $0) }) {
                found.append(version)
            } else {
                unreadable.append(path)
            }
        }
        let sorted = found.sorted { $0.number < $1.number }
        all.withLock { all in
            for version in sorted { all[version.name, default: []].append(version) }
        }
        return unreadable
    }

    /// Where the files of all versions are.
    var folders: [String] { all.withLock { $0 }.values.joined().map(\.code.directory) }
}
