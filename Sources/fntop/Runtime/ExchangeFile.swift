import Glibc

/// A file that is read piece by piece.
struct InputFile {
    private let name: String
    private let descriptor: Int32

    /// - Parameter name: `-` is standard input.
    /// - Throws: ``Failure`` that names the file and the reason.
    init(_ name: String) throws {
        self.name = name
        descriptor = name == "-" ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure("\(name) cannot be read: \(String(cString: strerror(errno)))") }
    }

    /// Empty at the end.
    func read() throws -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Failure("\(name) cannot be read: \(String(cString: strerror(errno)))") }
            return Array(buffer[..<count])
        }
    }

    func close() { if descriptor != STDIN_FILENO { Glibc.close(descriptor) } }
}

/// A file that is made and written.
struct OutputFile {
    private let name: String
    private let descriptor: Int32

    /// - Parameter name: `-` is standard output.
    /// - Throws: ``Failure`` when the file is there already or cannot be made.
    init(_ name: String) throws {
        self.name = name
        descriptor = name == "-" ? STDOUT_FILENO : open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure("\(name) cannot be made: \(String(cString: strerror(errno)))") }
    }

    func write(_ text: String) throws {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Failure("\(name) cannot be written: \(String(cString: strerror(errno)))") }
            rest = rest.dropFirst(count)
        }
    }

    func close() { if descriptor != STDOUT_FILENO { Glibc.close(descriptor) } }
}
