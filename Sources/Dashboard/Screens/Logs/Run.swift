import Terminal

/// Text in one style.
struct Run: Hashable {
    var text: String
    var style: Style

    init(_ text: String, _ style: Style = .plain) {
        self.text = text
        self.style = style
    }

    init(_ text: String, _ role: Role, _ attributes: Style.Attributes = []) {
        self.init(text, Style(role, on: .background, attributes))
    }
}

extension Run {
    /// Text padded or cut to a number of columns.
    static func cell(_ text: String, _ columns: Int, _ style: Style, right: Bool = false) -> [Run] {
        guard columns > 0 else { return [] }
        let fitted = Text.cut(text, to: columns)
        let space = String(repeating: " ", count: max(columns - Text.width(fitted), 0))
        return [Run((right ? space + fitted : fitted + space) + " ", style)]
    }
}

extension [Run] {
    /// The runs without their first columns; what is cut through leaves a blank.
    func dropping(columns: Int) -> [Run] {
        guard columns > 0 else { return self }
        var left = columns
        var rest: [Run] = []
        for run in self {
            guard left > 0 else {
                rest.append(run)
                continue
            }
            var text = run.text[...]
            while left > 0, let character = text.first {
                left -= character.columns
                text = text.dropFirst()
            }
            if !text.isEmpty || left < 0 {
                rest.append(Run(String(repeating: " ", count: Swift.max(-left, 0)) + text, run.style))
            }
            left = Swift.max(left, 0)
        }
        return rest
    }

    /// The runs in so many columns, with `…` at the end where that is not all.
    func cut(to columns: Int) -> [Run] {
        var left = columns
        var shown: [Run] = []
        for (place, run) in enumerated() {
            let width = Text.width(run.text)
            let isLast = self[(place + 1)...].allSatisfy { $0.text.isEmpty }
            guard width < left || (width == left && isLast) else {
                return shown + [Run(Text.cut(run.text + " ", to: left), run.style)]
            }
            shown.append(run)
            left -= width
        }
        return shown
    }

    /// The first line of the runs, and how many more there are.
    var firstLine: (runs: [Run], more: Int) {
        var line: [Run] = []
        var more = 0
        for run in self {
            let breaks = run.text.count(where: \.isNewline)
            if more == 0 {
                line.append(breaks == 0 ? run : Run(String(run.text.prefix { !$0.isNewline }), run.style))
            }
            more += breaks
        }
        return (line, more)
    }

    /// The runs over several rows of the screen, a new one at each line break.
    ///
    /// - Parameters:
    ///   - limit: what is beyond so many rows is left out.
    ///   - atWords: whether rows rather end after a space than in the middle of a word.
    func wrapped(to columns: Int, limit: Int, atWords: Bool = false) -> (rows: [[Run]], isCut: Bool) {
        guard columns > 0, limit > 0 else { return ([], !isEmpty) }
        let letters = flatMap { run in run.text.map { Letter($0, run.style) } }
        var rows: [[Run]] = []
        var start = 0
        while start < letters.count {
            guard rows.count < limit else { return (rows, true) }
            let end = rowEnd(of: letters, from: start, columns: columns, atWords: atWords)
            let hasBreak = end < letters.count && letters[end].character.isNewline
            rows.append([Run](letters[start..<end]))
            start = hasBreak ? end + 1 : end
        }
        return (rows, false)
    }

    /// The runs over several rows, broken between words, each row as far from the left as the first one.
    func wrappedBelowItself(to columns: Int, limit: Int) -> [[Run]] {
        let blanks = map(\.text).joined().prefix { $0 == " " }.count
        let indent = Swift.min(blanks, columns / 2)
        let rows = dropping(columns: indent).wrapped(to: columns - indent, limit: limit, atWords: true).rows
        return rows.map { [Run(String(repeating: " ", count: indent))] + $0 }
    }

    private struct Letter {
        var character: Character
        var style: Style
        var width: Int

        init(_ character: Character, _ style: Style) {
            self.character = character
            self.style = style
            width = character.columns
        }
    }

    /// Where the row ends that begins at a place; at least one letter further.
    private func rowEnd(of letters: [Letter], from start: Int, columns: Int, atWords: Bool) -> Int {
        var used = 0
        var end = start
        var wordEnd: Int?
        while end < letters.count, !letters[end].character.isNewline, used + letters[end].width <= columns {
            used += letters[end].width
            end += 1
            if letters[end - 1].character == " " { wordEnd = end }
        }
        guard end < letters.count, !letters[end].character.isNewline else { return end }
        if atWords, let wordEnd, wordEnd - start > (end - start) / 2 { return wordEnd }
        return Swift.max(end, start + 1)
    }

    /// Letters of the same style that stand together are one run.
    private init(_ letters: ArraySlice<Letter>) {
        self = []
        var text = ""
        var style = Style.plain
        for letter in letters {
            if letter.style != style, !text.isEmpty {
                append(Run(text, style))
                text = ""
            }
            style = letter.style
            text.append(letter.character)
        }
        if !text.isEmpty { append(Run(text, style)) }
    }
}

extension Character {
    /// The columns that it takes.
    fileprivate var columns: Int {
        if let ascii = asciiValue, (0x20..<0x7F).contains(ascii) { return 1 }
        return Text.width(String(self))
    }
}
