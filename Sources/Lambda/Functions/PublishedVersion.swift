import AWSCore
import JSON

/// Code and configuration of a function as they were when somebody published them.
struct PublishedVersion: Sendable {
    /// With its number.
    var configuration: FunctionConfiguration
    var code: FunctionCode
    var runtime: RuntimeResolution

    var number: String { configuration.version }
}

extension LambdaFunction {
    /// The function as it is in a version; `nil` when there is none of that number.
    func at(_ version: String) -> LambdaFunction? {
        guard version != VersionName.latest else { return self }
        guard let published = versions.first(where: { $0.number == version }) else { return nil }
        var function = self
        function.configuration = published.configuration
        function.code = published.code
        function.runtime = published.runtime
        return function
    }

    /// The version that a qualifier stands for now.
    ///
    /// - Parameter draw: from 0 to 1, which of an alias's versions takes it; 1 is always the main one.
    func version(of qualifier: String?, draw: Double = 1) -> String? {
        guard let qualifier, qualifier != VersionName.latest else { return VersionName.latest }
        if let alias = aliases[qualifier] { return alias.version(draw: draw) }
        return versions.contains { $0.number == qualifier } ? qualifier : nil
    }

    /// Makes a version of what there is now; gives the last one when nothing changed since.
    mutating func publish(description: String?) -> (version: PublishedVersion, isNew: Bool) {
        if let last = versions.last, last.number == String(lastVersion), last.isSame(as: self) { return (last, false) }
        lastVersion += 1
        var published = PublishedVersion(configuration: configuration, code: code, runtime: runtime)
        published.configuration.version = String(lastVersion)
        if let description { published.configuration.text = description }
        published.configuration.touch()
        versions.append(published)
        return (published, true)
    }
}

extension PublishedVersion {
    /// Whether publishing the function now would give the same again.
    fileprivate func isSame(as function: LambdaFunction) -> Bool {
        var current = function.configuration
        current.version = configuration.version
        current.revision = configuration.revision
        current.lastModified = configuration.lastModified
        current.text = configuration.text
        return current == configuration
    }
}
