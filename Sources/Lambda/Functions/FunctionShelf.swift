import AWSCore
import Glibc
import JSON

/// Functions as files, one each: what was acknowledged is there again after a crash.
struct FunctionShelf: Sendable {
    let directory: String

    init(directory: String) throws {
        self.directory = directory
        try Files.makeDirectory(directory)
    }

    func put(_ function: LambdaFunction) throws(Files.Failure) {
        try Files.replace(path(function.name), with: function.record.bytes)
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

    /// A configuration has at most 4 KiB of variables, and a policy 20 KiB: this is thousands of versions.
    private static let sizeLimit = 64 * 1024 * 1024

    /// Names are letters, digits, `-` and `_`: always a file's name too.
    private func path(_ name: String) -> String { "\(directory)/\(name).json" }
}
