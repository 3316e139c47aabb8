import Glibc

/// A pseudo terminal in place of standard input and output, with a process that reads all that is written to it.
struct BenchTerminal {
    private let kept: [Int32]
    private let reader: pid_t
    private let main: Int32

    init(columns: UInt16, rows: UInt16) throws {
        var (main, terminal): (Int32, Int32) = (-1, -1)
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        guard openpty(&main, &terminal, nil, nil, &size) == 0 else {
            throw BenchError(description: "no pseudo terminal: error \(errno)")
        }
        self.main = main
        reader = try Self.reader(of: main)
        kept = [STDIN_FILENO, STDOUT_FILENO].map { fcntl($0, F_DUPFD_CLOEXEC, 10) }
        dup2(terminal, STDIN_FILENO)
        dup2(terminal, STDOUT_FILENO)
        Glibc.close(terminal)
    }

    /// Gives standard input and output back.
    func close() {
        for (place, descriptor) in kept.enumerated() {
            dup2(descriptor, Int32(place))
            Glibc.close(descriptor)
        }
        Glibc.close(main)
        kill(reader, SIGKILL)
        waitpid(reader, nil, 0)
    }

    private static func reader(of main: Int32) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, main, STDIN_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        var process: pid_t = 0
        var words: [UnsafeMutablePointer<CChar>?] = [strdup("cat"), nil]
        defer { for word in words { free(word) } }
        guard posix_spawnp(&process, "cat", &actions, nil, &words, environ) == 0 else {
            throw BenchError(description: "cat does not start: error \(errno)")
        }
        return process
    }
}
