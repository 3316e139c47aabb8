import CProcess
import Glibc

/// A program to start.
struct Program: Sendable {
    var path: String
    var arguments: [String]
    /// `NAME=value`
    var environment: [String]
    var directory: String

    struct Failure: Error, CustomStringConvertible {
        let path: String
        let code: Int32
        var description: String { "cannot start \(path): \(String(cString: strerror(code)))" }
    }

    /// A process and the ends of its pipes; who holds it closes them.
    struct Started: Sendable {
        let process: pid_t
        /// What it writes to standard output and standard error; does not block.
        let output: Int32
        /// What it writes to descriptor 3, if that was asked for.
        let records: Int32?
    }

    /// Starts it in a process group of its own. Blocks for about a millisecond, on a thread that stays.
    func start(withRecords: Bool) throws(Failure) -> Started {
        let output = try pipe()
        let records = withRecords ? try pipe() : nil
        let path = strdup(path)
        let directory = strdup(directory)
        var arguments = ([self.path] + arguments).map { strdup($0) } + [nil]
        var environment = environment.map { strdup($0) } + [nil]
        defer {
            for text in arguments + environment + [path, directory] { free(text) }
            close(output.write)
            if let records { close(records.write) }
        }
        let result = arguments.withUnsafeMutableBufferPointer { arguments in
            environment.withUnsafeMutableBufferPointer { environment in
                var program = cp_program(
                    path: path, arguments: arguments.baseAddress, environment: environment.baseAddress,
                    directory: directory, output: output.write, records: records?.write ?? -1)
                return cp_spawn(&program)
            }
        }
        guard result > 0 else {
            close(output.read)
            if let records { close(records.read) }
            throw Failure(path: self.path, code: -result)
        }
        return Started(process: result, output: output.read, records: records?.read)
    }

    private func pipe() throws(Failure) -> (read: Int32, write: Int32) {
        var read: Int32 = -1
        var write: Int32 = -1
        let result = cp_pipe(&read, &write)
        guard result == 0 else { throw Failure(path: path, code: -result) }
        return (read, write)
    }
}

extension Program {
    /// Runs it and gives what it printed; `nil` when it failed or took longer than `seconds`. Blocks.
    func printed(within seconds: Int32) -> String? {
        guard let started = try? start(withRecords: false) else { return nil }
        defer { close(started.output) }
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while text.count < 64 * 1024 {
            var descriptor = pollfd(fd: started.output, events: Int16(POLLIN), revents: 0)
            guard poll(&descriptor, 1, seconds * 1000) > 0 else { break }
            let count = read(started.output, &buffer, buffer.count)
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else { break }
            text.append(contentsOf: buffer[..<count])
        }
        kill(-started.process, SIGKILL)
        var status: Int32 = 0
        guard waitpid(started.process, &status, 0) == started.process else { return nil }
        return text.isEmpty ? nil : String(decoding: text, as: UTF8.self)
    }
}
