import CNcurses
import Glibc
import Terminal

extension NcursesTerminal {
    func woken(_ wake: UIThread.Wake) {
        guard isOpen else { return }
        signalled(cnc_take_signals())
        guard isOpen else { return }
        switch wake {
        case .keyboard:
            readKeyboard()
            thread.wait(atMost: parser.isWaiting ? .milliseconds(25) : nil)
        case .silence:
            emit(parser.flush())
            thread.wait(atMost: nil)
        case .other: break
        }
    }

    private func signalled(_ signals: Int32) {
        if signals & Int32(CNC_ENDED) != 0 { return close() }
        if signals & Int32(CNC_STOPPED) != 0 { suspend() }
        if signals & Int32(CNC_RESIZED) != 0 {
            let size = size()
            cnc_resize(Int32(clamping: size.columns), Int32(clamping: size.rows))
            shown = nil
            sink.yield(.resize(size))
        }
    }

    private func readKeyboard() {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = unsafe read(input, &buffer, buffer.count)
        if count > 0 { return emit(parser.feed(buffer.prefix(count))) }
        if count < 0 && (errno == EINTR || errno == EAGAIN) { return }
        close()
    }

    private func emit(_ outputs: [InputParser.Output]) {
        for output in outputs {
            switch output {
            case .event(let event): sink.yield(event)
            case .synchronizedOutput(let isKnown): isSynchronized = isKnown
            }
        }
    }

    /// Says that it is over; the terminal stays until ``restore()``.
    private func close() {
        thread.stopWatching()
        sink.yield(.closed)
        sink.finish()
    }
}
