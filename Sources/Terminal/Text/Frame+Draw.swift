/// How text is put into a frame.
struct DrawingRule {
    var style: Style
    /// The most columns to use.
    var limit: Int
    /// Whether text that does not fit ends with an ellipsis.
    var isCut: Bool
    /// Cells outside are not touched.
    var clip: Rect
    var glyphs: Glyphs
}

extension Frame {
    /// Draws text from a place to the right; what does not fit into the frame is left out.
    ///
    /// - Parameters:
    ///   - limit: the most columns to use; without it, up to the right edge.
    ///   - cut: whether text that does not fit ends with `…`.
    /// - Returns: the columns used.
    @discardableResult
    package mutating func draw(
        _ text: String, at point: Point, style: Style = .plain, limit: Int? = nil, cut: Bool = false
    ) -> Int {
        let rule = DrawingRule(
            style: style, limit: limit ?? (size.columns - point.column), isCut: cut, clip: bounds, glyphs: .unicode)
        return draw(text, at: point, rule)
    }

    /// Draws UTF-8, for instance of a log line, like text.
    @discardableResult
    package mutating func draw(
        _ bytes: [UInt8], at point: Point, style: Style = .plain, limit: Int? = nil, cut: Bool = false
    ) -> Int {
        let rule = DrawingRule(
            style: style, limit: limit ?? (size.columns - point.column), isCut: cut, clip: bounds, glyphs: .unicode)
        return bytes.withUnsafeBufferPointer { draw($0, at: point, rule) }
    }

    @discardableResult
    mutating func draw(_ text: String, at point: Point, _ rule: DrawingRule) -> Int {
        Text.withBytes(of: text) { draw($0, at: point, rule) }
    }

    mutating func draw(_ bytes: UnsafeBufferPointer<UInt8>, at point: Point, _ rule: DrawingRule) -> Int {
        guard rule.limit > 0 else { return 0 }
        var used = drawASCII(bytes, at: point, rule)
        var reader = CharacterReader(bytes, from: used)
        // Where the ellipsis goes should the text not fit.
        var cutAt = min(used, rule.limit - 1)
        while let character = reader.next() {
            guard used + character.width <= rule.limit else {
                return rule.isCut ? endWithEllipsis(from: cutAt, to: used, at: point, rule) : used
            }
            put(character, at: Point(column: point.column + used, row: point.row), rule)
            used += character.width
            if used < rule.limit { cutAt = used }
        }
        return used
    }

    /// - Returns: how many characters were drawn; the rest needs a closer look.
    private mutating func drawASCII(
        _ bytes: UnsafeBufferPointer<UInt8>, at point: Point, _ rule: DrawingRule
    ) -> Int {
        let clip = rule.clip
        guard point.row >= clip.row, point.row < clip.endRow, point.column >= clip.column else { return 0 }
        let room = min(rule.limit, clip.endColumn - point.column)
        guard room > 0 else { return 0 }
        return writeASCII(bytes, column: point.column, row: point.row, limit: room, style: rule.style)
    }

    private mutating func endWithEllipsis(from start: Int, to end: Int, at point: Point, _ rule: DrawingRule) -> Int {
        let ellipsis = DrawnCharacter(scalar: Glyph.ellipsis.scalar.value)
        put(ellipsis, at: Point(column: point.column + start, row: point.row), rule)
        for column in (start + 1)..<max(end, start + 1) {
            put(DrawnCharacter(scalar: 0x20), at: Point(column: point.column + column, row: point.row), rule)
        }
        return max(end, start + 1)
    }

    /// Puts one character into the cells it takes, and mends wide characters that it halves.
    mutating func put(_ character: DrawnCharacter, at point: Point, _ rule: DrawingRule) {
        let clip = rule.clip
        guard point.row >= clip.row, point.row < clip.endRow, point.column < clip.endColumn else { return }
        let shown = rule.glyphs == .unicode ? character : rule.glyphs.shown(character)
        guard shown.width == character.width else {
            put(shown, at: point, rule)
            put(DrawnCharacter(scalar: 0x20), at: Point(column: point.column + 1, row: point.row), rule)
            return
        }
        guard shown.width == 2 else {
            guard point.column >= clip.column else { return }
            mend(around: point.column, row: point.row)
            self[point.column, point.row] = Cell(shown, style: rule.style)
            return
        }
        guard point.column >= clip.column, point.column + 1 < clip.endColumn else {
            let blank = DrawnCharacter(scalar: 0x20)
            put(blank, at: point, rule)
            put(blank, at: Point(column: point.column + 1, row: point.row), rule)
            return
        }
        mend(around: point.column, row: point.row)
        mend(around: point.column + 1, row: point.row)
        self[point.column, point.row] = Cell(shown, style: rule.style)
        self[point.column + 1, point.row] = .continuation(rule.style)
    }

    private mutating func mend(around column: Int, row: Int) {
        let old = self[column, row]
        guard old.width != 1 else { return }
        if old.width == 0, column > 0 { self[column - 1, row] = Cell(" ", style: self[column - 1, row].style) }
        if old.width == 2, column + 1 < size.columns {
            self[column + 1, row] = Cell(" ", style: self[column + 1, row].style)
        }
        self[column, row] = Cell(" ", style: old.style)
    }
}

extension Cell {
    init(_ character: DrawnCharacter, style: Style) {
        self.init(" ", style: style, width: UInt8(truncatingIfNeeded: character.width))
        scalar = character.scalar
        firstMark = character.firstMark
        secondMark = character.secondMark
    }
}
