import Terminal

/// The words that a list is filtered by, typed over the list.
struct FilterField: Hashable, Sendable {
    private(set) var field: TextField
    /// Whether keys are its text.
    var isOpen = false

    /// What came of a key.
    enum Answer: Hashable, Sendable {
        case changed, cleared, closed
        /// In the list, by so many rows.
        case moved(Int)
    }

    init(placeholder: String) { field = TextField("", placeholder: placeholder) }

    var text: String { field.text }
    var isEmpty: Bool { field.isEmpty }

    /// Behind the title of what is filtered.
    var note: String { isOpen || !isEmpty ? " /\(text)" : "" }

    /// - Returns: `nil` for what is no key of the filter.
    mutating func press(_ key: Key) -> Answer? {
        guard isOpen else { return nil }
        switch key {
        case .enter:
            isOpen = false
            return .closed
        case .escape:
            clear()
            return .cleared
        case .up: return .moved(-1)
        case .down: return .moved(1)
        default: return field.press(key) ? .changed : nil
        }
    }

    /// - Returns: whether it is typed now and took the text.
    mutating func paste(_ text: String) -> Bool {
        if isOpen { field.paste(text) }
        return isOpen
    }

    mutating func clear() { set("") }

    /// Ends the typing.
    mutating func set(_ text: String) {
        field = TextField(text, placeholder: field.placeholder)
        isOpen = false
    }
}
