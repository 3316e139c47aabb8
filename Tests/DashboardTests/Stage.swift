import Telemetry
import TelemetryStore
import Terminal

@testable import Dashboard

/// Plays the dashboard for one screen: lays it out, answers what it asks, presses keys.
struct Stage<Played: Screen> {
    var screen: Played
    var size: Size
    var effects: [Effect] = []
    var isPaused = false
    var marks: [Marked] = []
    private let answer: (DataRequest) -> DataAnswer?

    init(_ screen: Played, columns: Int, rows: Int, answer: @escaping (DataRequest) -> DataAnswer?) {
        useUTC()
        self.screen = screen
        self.answer = answer
        size = Size(columns: columns, rows: rows)
        settle()
    }

    var context: ScreenContext {
        var context = ScreenContext(
            now: LogSample.now, window: TimeWindow(last: .seconds(900), until: LogSample.now), isPaused: isPaused,
            rect: Rect(size))
        context.marks = marks
        return context
    }

    /// Answers until nothing new is asked.
    mutating func settle() {
        var answered: [DataRequest] = []
        for _ in 0..<6 {
            screen.lay(out: Rect(size))
            let requests = screen.requests
            guard requests != answered else { return }
            for request in requests {
                guard let data = answer(request) else { continue }
                effects += screen.take(data, for: request)
            }
            answered = requests
        }
        screen.lay(out: Rect(size))
    }

    mutating func press(_ keys: Key...) {
        for key in keys {
            if let made = screen.press(key, context) {
                effects += made
            } else if let command = Played.keys[key] {
                effects += screen.run(command, context)
            }
            settle()
        }
    }

    mutating func type(_ text: String) {
        for character in text { press(.character(character)) }
    }

    mutating func mouse(_ action: MouseEvent.Action, _ column: Int, _ row: Int) {
        effects += screen.mouse(MouseEvent(action, at: Point(column: column, row: row)), context)
        settle()
    }

    mutating func resize(columns: Int, rows: Int) {
        size = Size(columns: columns, rows: rows)
        settle()
    }

    func frame(_ glyphs: Glyphs = .unicode) -> Frame {
        var canvas = Canvas(size, glyphs: glyphs)
        screen.draw(on: &canvas, in: Rect(size), context)
        return canvas.frame
    }
}
