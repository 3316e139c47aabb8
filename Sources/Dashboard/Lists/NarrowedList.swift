import Terminal

/// A screen with a list that is narrowed by words that are typed and by a choice from a menu.
protocol NarrowedList {
    associatedtype Choice: Hashable & Sendable

    var words: FilterField { get set }
    var menu: ChoiceMenu<Choice>? { get set }

    mutating func choose(_ choice: Choice)
    mutating func clearFilters()
    /// Other words: what is asked for is something else now.
    mutating func wordsChanged()
    /// Moves the selection.
    mutating func move(by step: Int, _ context: ScreenContext)
}

extension NarrowedList {
    var isNarrowing: Bool { words.isOpen || menu != nil }

    /// A key while the menu is open or words are typed; `nil` otherwise.
    mutating func pressNarrowing(_ key: Key, _ context: ScreenContext) -> [Effect]? {
        if let answer = ChoiceMenu.press(key, in: &menu) { return take(answer) }
        switch words.press(key) {
        case .changed: wordsChanged()
        case .cleared: clearFilters()
        case .closed: break
        case .moved(let step): move(by: step, context)
        case nil: return nil
        }
        return []
    }

    mutating func pasteWords(_ text: String) {
        if words.paste(text) { wordsChanged() }
    }

    /// The mouse while the menu is open; `nil` otherwise.
    mutating func pointNarrowing(_ event: MouseEvent, _ context: ScreenContext) -> [Effect]? {
        ChoiceMenu.point(event, in: &menu, context.rect).map { take($0) }
    }

    private mutating func take(_ answer: ChoiceMenu<Choice>.Answer) -> [Effect] {
        if case .chosen(let choice) = answer { choose(choice) }
        return []
    }
}
