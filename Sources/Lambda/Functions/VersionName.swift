/// A version of a function: what environments run.
struct VersionName: Hashable, Sendable {
    /// What can still be changed.
    static let latest = "$LATEST"

    let name: String
    /// `$LATEST`, or a number.
    let version: String

    init(_ name: String, version: String = latest) {
        self.name = name
        self.version = version
    }
}
