import Dispatch
import Glibc

/// SIGINT, SIGTERM and SIGHUP of a program without a screen.
enum Signals {
    /// Ends the program as Ctrl-C would.
    static func end() { kill(getpid(), SIGINT) }

    /// Returns when the program is asked to end.
    static func untilAskedToEnd() async {
        let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let sources = [SIGINT, SIGTERM, SIGHUP].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { continuation.yield() }
            source.resume()
            return source
        }
        for await _ in stream { break }
        for source in sources { source.cancel() }
    }
}
