/// One line of text that a person edits. The cursor moves by what a person sees as one character.
package struct TextField: Hashable, Sendable {
    private var characters: [Character] = []
    /// Before which character the cursor is.
    package private(set) var cursor = 0
    package var placeholder = ""
    package var hasError = false

    /// More is not taken, neither typed nor pasted.
    package static let maximumCount = 4096

    package init(_ text: String = "", placeholder: String = "") {
        self.placeholder = placeholder
        self.text = text
    }

    /// Assigning moves the cursor to the end.
    package var text: String {
        get { String(characters) }
        set {
            characters = Array(newValue.prefix(Self.maximumCount))
            cursor = characters.count
        }
    }

    package var isEmpty: Bool { characters.isEmpty }

    /// - Returns: whether the field knows the key; it changes nothing otherwise.
    @discardableResult
    package mutating func press(_ key: Key) -> Bool {
        move(key) || edit(key)
    }

    /// Line breaks and tabs become spaces.
    package mutating func paste(_ text: String) {
        let room = Self.maximumCount - characters.count
        let cleaned = text.prefix(room).map { $0.isNewline || $0 == "\t" ? " " : $0 }
        characters.insert(contentsOf: cleaned, at: cursor)
        cursor += cleaned.count
    }

    private mutating func move(_ key: Key) -> Bool {
        switch key {
        case .left, .control("b"): cursor = max(cursor - 1, 0)
        case .right, .control("f"): cursor = min(cursor + 1, characters.count)
        case .home, .control("a"): cursor = 0
        case .end, .control("e"): cursor = characters.count
        case .alt("b"), .controlLeft: cursor = wordStart
        case .alt("f"), .controlRight: cursor = wordEnd
        default: return false
        }
        return true
    }

    private mutating func edit(_ key: Key) -> Bool {
        switch key {
        case .character(let character): paste(String(character))
        case .backspace, .control("h"): remove(max(cursor - 1, 0)..<cursor)
        case .delete, .control("d"): remove(cursor..<min(cursor + 1, characters.count))
        case .control("w"): remove(wordStart..<cursor)
        case .alt("d"): remove(cursor..<wordEnd)
        case .control("u"): remove(0..<cursor)
        case .control("k"): remove(cursor..<characters.count)
        default: return false
        }
        return true
    }

    private mutating func remove(_ range: Range<Int>) {
        characters.removeSubrange(range)
        cursor = range.lowerBound
    }

    private var wordStart: Int {
        var place = cursor
        while place > 0, characters[place - 1].isWhitespace { place -= 1 }
        while place > 0, !characters[place - 1].isWhitespace { place -= 1 }
        return place
    }

    private var wordEnd: Int {
        var place = cursor
        while place < characters.count, characters[place].isWhitespace { place += 1 }
        while place < characters.count, !characters[place].isWhitespace { place += 1 }
        return place
    }
}

extension TextField {
    /// Draws the text scrolled so that the cursor is visible.
    ///
    /// - Parameter isFocused: whether the terminal's cursor is shown in it.
    package func draw(on canvas: inout Canvas, in rect: Rect, isFocused: Bool = true) {
        let line = rect.line(0)
        guard !line.isEmpty else { return }
        let before = Text.width(String(characters[..<cursor]))
        let scroll = max(before - line.columns + 1, 0)
        canvas.clipped(to: line) { canvas in
            if isEmpty {
                canvas.draw(placeholder, at: line.origin, style: Style(.dim))
            } else {
                canvas.draw(
                    text, at: Point(column: line.column - scroll, row: line.row),
                    style: Style(hasError ? .error : .text), limit: line.columns + scroll, cut: false)
            }
            if isFocused { canvas.showCursor(at: Point(column: line.column + before - scroll, row: line.row)) }
        }
    }
}
