import Glibc

/// The functions' code as files.
enum CodeFolder {
    /// Makes a folder for each function with its files.
    ///
    /// - Throws: ``DeploymentError`` that names the file and the reason.
    static func write(_ functions: [DemoFunction], below folder: String) throws {
        for function in functions {
            let place = "\(folder)/\(function.name)"
            guard mkdir(place, 0o700) == 0 || errno == EEXIST else { throw failed(place) }
            for file in function.files { try write(file, to: "\(place)/\(file.name)") }
        }
    }

    private static func write(_ file: DemoFunction.File, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, file.isExecutable ? 0o700 : 0o600)
        guard descriptor >= 0 else { throw failed(path) }
        defer { close(descriptor) }
        var rest = Array(file.text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw failed(path) }
            rest = rest.dropFirst(count)
        }
    }

    private static func failed(_ path: String) -> DeploymentError {
        DeploymentError(description: "\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
}
