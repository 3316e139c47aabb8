import Glibc
import NcursesTerminal
import Terminal

/// What showing a frame costs: comparing, the terminal's library, and writing to a pseudo terminal.
enum FrameBench {
    private static let size = Size(columns: 200, rows: 60)
    private static let rounds = 200

    static func rows() async throws -> [Row] {
        for (name, value) in [("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), ("LC_ALL", "C.UTF-8")] {
            setenv(name, value, 1)
        }
        let screen = try BenchTerminal(columns: UInt16(size.columns), rows: UInt16(size.rows))
        defer { screen.close() }
        let palette = Palette { $0 == .background ? .rgb(16, 18, 24) : .rgb(200, 40 + $0.rawValue * 4, 120) }
        let terminal = try await NcursesTerminal.open(TerminalOptions(palette: palette))
        let all = await time(terminal) { frame, round in
            for row in 0..<size.rows { fill(row, of: &frame, round) }
        }
        let few = await time(terminal) { frame, round in
            for place in 0..<10 {
                frame[(place * 13) % size.columns, place * 5] = Cell(letter(place, round), style: Style(.text))
            }
        }
        await terminal.restore()
        return [Row(name: "frame-all", value: all), Row(name: "frame-few", value: few)]
    }

    /// The median, in milliseconds.
    private static func time(_ terminal: NcursesTerminal, _ change: (inout Frame, Int) -> Void) async -> Double {
        var frame = Frame(size, style: Style(.text))
        var times: [Double] = []
        for round in 0..<rounds {
            change(&frame, round)
            let next = frame
            times.append(await ContinuousClock().measure { await terminal.present(next) }.milliseconds)
        }
        return times.median
    }

    /// Columns of text as a table has them: a colour for each.
    private static func fill(_ row: Int, of frame: inout Frame, _ round: Int) {
        let roles: [Role] = [.text, .dim, .accent, .text, .ok, .text, .number, .text]
        for column in 0..<size.columns {
            let style = Style(roles[column / 25 % roles.count])
            frame[column, row] = Cell(letter(column + row, round), style: style)
        }
    }

    private static func letter(_ place: Int, _ round: Int) -> Unicode.Scalar {
        Unicode.Scalar(UInt8(97 + (place * 7 + round) % 26))
    }
}
