/// What widgets draw on: a frame, the part of it that may be touched, and the characters that the terminal has.
package struct Canvas: Sendable {
    package var frame: Frame
    package var glyphs: Glyphs
    /// Where it is false, what colour alone would say is said by characters as well.
    package var hasColors = true
    /// Nothing outside is changed.
    package private(set) var clip: Rect
    /// What `.background` means here: `.popup` inside a popup, `.bar` in the top and bottom lines.
    package private(set) var ground: Role = .background

    package init(_ size: Size, glyphs: Glyphs = .unicode) {
        frame = Frame(size)
        self.glyphs = glyphs
        clip = Rect(size)
    }

    package var bounds: Rect { frame.bounds }

    /// Draws with everything outside of the rectangle left as it is.
    package mutating func clipped(to rect: Rect, _ body: (inout Canvas) -> Void) {
        let outer = clip
        clip = clip.intersection(rect)
        body(&self)
        clip = outer
    }

    /// Draws with another background where a style names none.
    package mutating func grounded(on role: Role, _ body: (inout Canvas) -> Void) {
        let outer = ground
        ground = role
        body(&self)
        ground = outer
    }

    private func settled(_ style: Style) -> Style {
        style.background == .background ? style.on(ground) : style
    }
}

extension Canvas {
    private func rule(_ style: Style, at column: Int, limit: Int?, cut: Bool) -> DrawingRule {
        let room = clip.endColumn - column
        return DrawingRule(
            style: settled(style), limit: min(limit ?? room, room), isCut: cut, clip: clip, glyphs: glyphs)
    }

    /// Draws text from a place to the right.
    ///
    /// - Parameters:
    ///   - limit: the most columns to use; without it, up to the edge of the clip.
    ///   - cut: whether text that does not fit ends with `…`.
    /// - Returns: the columns used.
    @discardableResult
    package mutating func draw(
        _ text: String, at point: Point, style: Style = .plain, limit: Int? = nil, cut: Bool = true
    ) -> Int {
        frame.draw(text, at: point, rule(style, at: point.column, limit: limit, cut: cut))
    }

    /// Draws UTF-8, for instance of a log line, like text.
    @discardableResult
    package mutating func draw(
        _ bytes: [UInt8], at point: Point, style: Style = .plain, limit: Int? = nil, cut: Bool = true
    ) -> Int {
        let rule = rule(style, at: point.column, limit: limit, cut: cut)
        return bytes.withUnsafeBufferPointer { frame.draw($0, at: point, rule) }
    }

    @discardableResult
    package mutating func draw(_ text: StyledText, at point: Point, limit: Int? = nil, cut: Bool = true) -> Int {
        var used = 0
        let room = min(limit ?? Int.max, clip.endColumn - point.column)
        for (index, run) in text.runs.enumerated() {
            guard used < room else { break }
            let isFollowed = text.runs[(index + 1)...].contains { Text.width($0.text) > 0 }
            var left = room - used
            // A run that fills the room exactly hides the ones after it, so it is the one that shows the cut.
            if cut, isFollowed, Text.width(run.text) == left { left = max(left - 1, 0) }
            let place = Point(column: point.column + used, row: point.row)
            if left == 0 {
                return used + draw("…", at: place, style: run.style)
            }
            let drawn = draw(run.text, at: place, style: run.style, limit: left, cut: false)
            used += drawn
            guard drawn < Text.width(run.text) else { continue }
            guard cut else { return used }
            return drawCut(run, used: used - drawn, room: room, at: point)
        }
        return used
    }

    private mutating func drawCut(_ run: StyledText.Run, used: Int, room: Int, at point: Point) -> Int {
        let place = Point(column: point.column + used, row: point.row)
        let left = room - used
        // With a space more than fits, the run is always cut.
        return used + draw(run.text + " ", at: place, style: run.style, limit: left, cut: true)
    }

    /// Draws text in a row of a rectangle, at its left, middle or right.
    @discardableResult
    package mutating func draw(
        _ text: StyledText, in rect: Rect, row: Int = 0, align: Alignment, cut: Bool = true
    ) -> Int {
        guard row >= 0, row < rect.rows else { return 0 }
        let free = align == .left ? 0 : max(rect.columns - text.width, 0)
        let start = align == .middle ? free / 2 : free
        return draw(
            text, at: Point(column: rect.column + start, row: rect.row + row), limit: rect.columns - start, cut: cut)
    }

    package mutating func put(_ glyph: Glyph, at point: Point, style: Style = .plain) {
        put(glyph.scalar, at: point, style: style)
    }

    /// Draws one character of the product's own; where the terminal has it not, its twin.
    package mutating func put(_ scalar: Unicode.Scalar, at point: Point, style: Style = .plain) {
        frame.put(
            DrawnCharacter(scalar: scalar.value), at: point,
            DrawingRule(style: settled(style), limit: 1, isCut: false, clip: clip, glyphs: glyphs))
    }

    package mutating func fill(_ rect: Rect, _ style: Style, with scalar: Unicode.Scalar = " ") {
        frame.fill(
            rect, with: scalar.value,
            DrawingRule(style: settled(style), limit: 1, isCut: false, clip: clip, glyphs: glyphs))
    }

    /// Changes how the cells of a rectangle look, and not what they show.
    package mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
        frame.restyle(rect.intersection(clip), change)
    }

    /// The bar behind a selected row; without colours only the one that has the focus has it, and others are underlined.
    package mutating func select(_ rect: Rect, isFocused: Bool = true) {
        guard isFocused || hasColors else { return restyle(rect) { $0.attributes.insert(.underline) } }
        restyle(rect) { style in
            style.background = .selection
            if isFocused, style.foreground == .text { style.foreground = .strong }
        }
    }

    /// Shows the text cursor, if it is inside the clip.
    package mutating func showCursor(at point: Point) {
        guard clip.contains(point) else { return }
        frame.cursor = point
    }
}

package enum Alignment: Hashable, Sendable {
    case left, middle, right
}
