import Telemetry
import TelemetryStore
import Terminal

/// The items of a Map to choose one from: all, or those that failed.
struct IterationPicker: Sendable {
    /// The Map's visit.
    let map: Int
    private let items: [MapIteration]
    /// The items that are shown.
    private var shown: [Int]
    private var cursor: ListCursor
    private var failuresOnly = false
    /// A number that is being typed.
    private var digits = ""

    enum Answer: Hashable {
        case stays, closes
        /// `nil` for all together.
        case chosen(Int?)
    }

    init(map: Int, items: [MapIteration], selection: Int) {
        self.map = map
        self.items = items
        shown = Array(items.indices)
        cursor = ListCursor(index: selection)
    }

    mutating func press(_ key: Key, rows: Int) -> Answer {
        switch key {
        case .up, .character("k"): cursor.move(by: -1, count: shown.count)
        case .down, .character("j"): cursor.move(by: 1, count: shown.count)
        case .pageUp: cursor.move(by: -rows, count: shown.count)
        case .pageDown: cursor.move(by: rows, count: shown.count)
        case .home, .character("g"): cursor.moveToStart()
        case .end, .character("G"): cursor.moveToEnd(count: shown.count)
        case .character("e"), .character("f"): showFailures()
        case .character("a"): return .chosen(nil)
        case .enter: return shown.indices.contains(cursor.index) ? .chosen(shown[cursor.index]) : .closes
        case .escape: return .closes
        case .character(let digit) where digit.isWholeNumber: type(digit)
        case .backspace: digits = String(digits.dropLast())
        default: break
        }
        return .stays
    }

    private mutating func type(_ digit: Character) {
        digits = String((digits + String(digit)).suffix(6))
        guard let number = Int(digits), let place = shown.firstIndex(of: number - 1) else { return }
        cursor.index = place
    }

    private mutating func showFailures() {
        failuresOnly.toggle()
        shown = items.indices.filter {
            !failuresOnly || (items[$0].status != .succeeded && items[$0].status != .running)
        }
        cursor = ListCursor()
        digits = ""
    }

    func draw(on canvas: inout Canvas, in rect: Rect, name: String, time: Timestamp) {
        let title = failuresOnly ? "\(name): items that failed" : "\(name): \(Format.count(items.count)) items"
        let note = "number goes there · e failed · a all together · Enter chooses"
        let size = Size(columns: min(rect.columns, 70), rows: min(shown.count + 2, max(rect.rows - 4, 5)))
        Popup(title, note: note, size: size).draw(on: &canvas, in: rect) { canvas, inside in
            guard !shown.isEmpty else { return canvas.drawNote(["no item failed"], in: inside) }
            ListView(count: shown.count, cursor: cursor).draw(on: &canvas, in: inside) { row in
                line(shown[row], time)
            }
        }
    }

    private func line(_ index: Int, _ time: Timestamp) -> StyledText {
        let item = items[index]
        var runs = Run.cell("#\(index + 1)", 8, Style(.strong))
        runs.append(Run("\(item.status.mark) ", item.status.role))
        runs += Run.cell(item.status.word, 10, Style(item.status.role))
        runs += Run.cell(max((item.ended ?? time) - item.started, .zero).spanText, 10, Style(.text), right: true)
        return runs.styled
    }
}
