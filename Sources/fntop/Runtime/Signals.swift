import Dispatch
import Glibc

/// SIGINT, SIGTERM and SIGHUP of a program without a screen.
///
/// A signal is written to a pipe by its handler, so that one that comes while nobody waits yet is not lost.
struct Signals {
    private static let pipe: (reading: Int32, writing: Int32) = {
        var ends: [Int32] = [-1, -1]
        guard Glibc.pipe(&ends) == 0 else { fatalError("no pipe for signals: \(String(cString: strerror(errno)))") }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        return (ends[0], ends[1])
    }()

    /// From now on they no longer end the program by themselves.
    init() {
        _ = Self.pipe
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number) { _ in
                let before = errno
                var byte: UInt8 = 1
                write(Signals.pipe.writing, &byte, 1)
                errno = before
            }
        }
    }

    /// Ends the program as Ctrl-C would.
    static func end() { kill(getpid(), SIGINT) }

    /// Returns when the program is asked to end, or was since this value was made.
    func untilAskedToEnd() async {
        let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let source = DispatchSource.makeReadSource(fileDescriptor: Self.pipe.reading, queue: .global())
        source.setEventHandler { continuation.yield() }
        source.resume()
        for await _ in stream { break }
        source.cancel()
    }
}
