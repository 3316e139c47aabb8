import Glibc
import NIOCore
import NIOPosix
import Telemetry

/// A process of an environment with the pipes it writes to; lives on the environment's event loop.
final class ChildProcess {
    let process: pid_t
    let name: String
    private(set) var hasEnded = false
    private let output: PipeReader
    private let records: PipeReader?
    private var lines = LineSplitter()
    private var frames = RecordSplitter()

    /// - Parameter whenRead: called when there is something to take; takes it with ``take(_:)``.
    init(_ started: Program.Started, name: String, loop: any EventLoop, whenRead: @escaping () -> Void) {
        process = started.process
        self.name = name
        output = PipeReader(descriptor: started.output)
        records = started.records.map { PipeReader(descriptor: $0) }
        output.watch(on: loop, whenRead)
        records?.watch(on: loop, whenRead)
    }

    /// Reads all that is there and gives it event by event, with its time where the process said so.
    func take(_ emit: (UnsafeRawBufferPointer, Timestamp?) -> Void) {
        output.take { lines.feed($0) { emit($0, nil) } }
        records?.take { frames.feed($0, emit: emit) }
    }

    /// The process is gone: gives what it left unfinished.
    func finish(_ emit: (UnsafeRawBufferPointer, Timestamp?) -> Void) {
        hasEnded = true
        take(emit)
        lines.flush { emit($0, nil) }
        frames.flush(emit: emit)
        output.close()
        records?.close()
    }

    /// Signals the process with all that it started.
    func signal(_ signal: Int32) {
        guard !hasEnded else { return }
        kill(-process, signal)
    }
}
