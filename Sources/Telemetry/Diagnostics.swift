import Synchronization

/// What fntop says of itself, for who looks for a fault: goes where the program sends it, and nowhere before that.
package enum Diagnostics {
    private struct State {
        var write: (@Sendable (String) -> Void)?
        var lines = DiagnosticLines()
    }

    private static let state = Mutex(State())

    package static func send(to write: @escaping @Sendable (String) -> Void) {
        state.withLock { $0.write = write }
    }

    /// One line; what comes again and again is written once and counted.
    ///
    /// - Parameter part: who says it, in one word.
    package static func note(_ part: StaticString, _ text: @autoclosure () -> String) {
        state.withLock { state in
            guard let write = state.write else { return }
            for line in state.lines.take("\(part) \(text())") { write(line) }
        }
    }
}

/// Lines as they are written: without control characters, not too long, and not the same twice.
struct DiagnosticLines {
    private var last = ""
    /// How often the last one came again.
    private var repeats = 0

    /// Longer ones are cut: they may hold text from outside.
    static let longest = 2000

    /// - Returns: what is to be written now.
    mutating func take(_ text: String) -> [String] {
        let scalars = text.prefix(Self.longest).unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }
        let line = String(String.UnicodeScalarView(scalars))
        guard line != last else {
            repeats += 1
            return []
        }
        let count = repeats
        (last, repeats) = (line, 0)
        return count > 0 ? ["fntop the line above came \(count) times more", line] : [line]
    }
}
