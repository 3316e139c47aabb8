/// The programs that run handlers of languages whose interpreter is on this machine.
enum Bootstrap {
    static let pythonName = "bootstrap.py"
    static let nodeName = "bootstrap.mjs"

    /// Writes them where interpreters can read them.
    static func write(to directory: String) throws(Files.Failure) {
        try Files.makeDirectory(directory)
        try Files.write(Array(python.utf8), to: "\(directory)/\(pythonName)", mode: 0o644)
        try Files.write(Array(node.utf8), to: "\(directory)/\(nodeName)", mode: 0o644)
    }
}
