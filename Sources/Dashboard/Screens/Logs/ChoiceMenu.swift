import Terminal

/// A short list to choose from, over the screen.
struct ChoiceMenu<Choice: Hashable & Sendable>: Hashable, Sendable {
    var title: String
    var choices: [Entry]
    private(set) var selection = 0

    struct Entry: Hashable, Sendable {
        /// Chooses at once.
        var key: Character
        var title: String
        var detail: String
        var choice: Choice
    }

    enum Answer: Hashable, Sendable {
        case stays
        case closes
        case chosen(Choice)
    }

    init(title: String, choices: [Entry]) {
        self.title = title
        self.choices = choices
    }

    mutating func press(_ key: Key) -> Answer {
        switch key {
        case .up, .character("k"), .backTab: move(by: -1)
        case .down, .character("j"), .tab: move(by: 1)
        case .enter: return choose(selection)
        case .character(let character):
            guard let place = choices.firstIndex(where: { $0.key == character }) else { return .closes }
            return choose(place)
        case .escape: return .closes
        default: break
        }
        return .stays
    }

    private func choose(_ place: Int) -> Answer {
        choices.indices.contains(place) ? .chosen(choices[place].choice) : .closes
    }

    private mutating func move(by step: Int) {
        selection = min(max(selection + step, 0), max(choices.count - 1, 0))
    }

    private var size: Size {
        let widest = choices.map { Text.width($0.title) + min(Text.width($0.detail), 60) + 10 }.max() ?? 20
        return Size(columns: max(widest, Text.width(title) + 8), rows: choices.count + 2)
    }

    /// A click outside closes the menu.
    mutating func click(_ point: Point, in bounds: Rect) -> Answer {
        let box = bounds.centred(size)
        guard box.contains(point) else { return .closes }
        let place = point.row - box.row - 1
        return choices.indices.contains(place) ? choose(place) : .stays
    }

    /// A key for a menu that may be open; it closes where nothing stays to choose.
    ///
    /// - Returns: what came of it; `nil` when none is open.
    static func press(_ key: Key, in menu: inout Self?) -> Answer? {
        let answer = menu?.press(key)
        if answer != .stays { menu = nil }
        return answer
    }

    /// The mouse in a menu that may be open.
    static func point(_ event: MouseEvent, in menu: inout Self?, _ bounds: Rect) -> Answer? {
        guard menu != nil, event.action == .press else { return menu == nil ? nil : .stays }
        let answer = menu?.click(event.point, in: bounds)
        if answer != .stays { menu = nil }
        return answer
    }

    func draw(on canvas: inout Canvas, in bounds: Rect) {
        Popup(title, size: size).draw(on: &canvas, in: bounds) { canvas, inside in
            for (place, entry) in choices.prefix(inside.rows).enumerated() {
                let runs = [
                    Run(" \(entry.key)  ", .accent, .bold), Run(entry.title + "  ", .strong), Run(entry.detail, .dim),
                ]
                let row = inside.line(place)
                canvas.draw(runs, at: row.origin, limit: row.columns)
                if place == selection { canvas.select(row) }
            }
        }
    }
}
