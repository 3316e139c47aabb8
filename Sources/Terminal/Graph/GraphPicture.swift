/// Draws a graph, or the part of it that a rectangle shows.
package struct GraphPicture<Look: GraphLook> {
    package let layout: GraphLayout
    package let look: Look
    /// The cell of the graph at the top left corner of the rectangle.
    package var offset: Point
    package var selection: String?

    package init(_ layout: GraphLayout, look: Look, offset: Point = Point(column: 0, row: 0), selection: String? = nil)
    {
        self.layout = layout
        self.look = look
        self.offset = offset
        self.selection = selection
    }

    package func draw(on canvas: inout Canvas, in rect: Rect) {
        let view = Rect(column: offset.column, row: offset.row, columns: rect.columns, rows: rect.rows)
        guard !view.isEmpty else { return }
        let shift = Point(column: rect.column - offset.column, row: rect.row - offset.row)
        let seen = layout.nodes.indices.filter { !layout.nodes[$0].rect.intersection(view).isEmpty }
        let looks = seen.map { look.look(of: layout.nodes[$0]) }
        canvas.clipped(to: rect) { canvas in
            for (place, index) in seen.enumerated() {
                drawBorder(of: layout.nodes[index], looks[place], shift, &canvas)
            }
            var lines = EdgeCells(view, layout.zoom, isAscii: canvas.glyphs == .ascii)
            for edge in layout.edges where edge.touches(view) {
                lines.add(edge, look.look(of: edge, in: layout), layout)
            }
            lines.draw(on: &canvas, shift)
            for (place, index) in seen.enumerated() { drawText(of: layout.nodes[index], looks[place], shift, &canvas) }
            for edge in layout.edges where !edge.label.isEmpty && edge.touches(view) {
                drawLabel(of: edge, lines, shift, &canvas)
            }
            guard layout.zoom != .dots else { return }
            for (place, index) in seen.enumerated() { drawNote(of: layout.nodes[index], looks[place], shift, &canvas) }
        }
    }

    private func drawBorder(
        of node: GraphLayout.PlacedNode, _ look: GraphNodeLook, _ shift: Point, _ canvas: inout Canvas
    ) {
        guard node.rect.rows >= 3, node.rect.columns >= 3 else { return }
        let isSelected = node.id == selection
        let isDouble = isSelected || look.isActive && !node.isContainer
        let border: GraphBorder =
            isDouble ? .double : node.kind == .plain ? .single : node.kind == .missing ? .gone : .soft
        let style = isSelected ? Style(.focus, on: .background, .bold) : look.borderStyle
        canvas.graphBox(node.rect.moved(by: shift), border, style)
    }

    private func drawText(
        of node: GraphLayout.PlacedNode, _ look: GraphNodeLook, _ shift: Point, _ canvas: inout Canvas
    ) {
        let rect = node.rect.moved(by: shift)
        switch layout.zoom {
        case .dots where rect.rows == 1:
            canvas.put(look.glyph ?? .dot, at: rect.origin, style: look.glyphStyle)
        case .dots: break
        case .names where !node.isContainer: drawName(of: node, look, in: rect, &canvas)
        case .boxes where !node.isContainer:
            drawName(of: node, look, in: rect.line(1).inset(horizontal: 2, vertical: 0), &canvas)
        default: drawTitle(of: node, look, in: rect, &canvas)
        }
        guard node.id == selection, layout.zoom != .boxes, rect.rows == 1 else { return }
        canvas.select(rect)
    }

    private func drawName(
        of node: GraphLayout.PlacedNode, _ look: GraphNodeLook, in line: Rect, _ canvas: inout Canvas
    ) {
        canvas.put(look.glyph ?? .pending, at: line.origin, style: look.glyphStyle)
        let start = Point(column: line.column + 2, row: line.row)
        let isSelected = node.id == selection
        let style = isSelected ? look.nameStyle.with(.bold) : look.nameStyle
        canvas.draw(node.label, at: start, style: style, limit: line.columns - 2)
    }

    /// In the box, or where that has no room, beside it; the short one where there is no room either.
    private func drawNote(
        of node: GraphLayout.PlacedNode, _ look: GraphNodeLook, _ shift: Point, _ canvas: inout Canvas
    ) {
        guard !node.isContainer, !look.note.isEmpty else { return }
        guard layout.zoom == .boxes else { return drawNote(look.note, beside: node.rect.moved(by: shift), &canvas) }
        let line = node.rect.moved(by: shift).line(1).inset(horizontal: 2, vertical: 0)
        let free = line.columns - 2 - Text.width(node.label)
        if look.note.width < free {
            canvas.draw(look.note, in: line, align: .right)
            return
        }
        let beside = Point(column: line.endColumn + 2, row: line.row)
        if canvas.isBlank(from: beside, columns: look.note.width + 2) {
            canvas.draw(look.note, at: Point(column: beside.column + 1, row: beside.row))
        } else if look.shortNote.width < free {
            canvas.draw(look.shortNote, in: line, align: .right)
        }
    }

    private func drawNote(_ note: StyledText, beside name: Rect, _ canvas: inout Canvas) {
        let start = Point(column: name.endColumn, row: name.row)
        guard canvas.isBlank(from: start, columns: note.width + 2) else { return }
        canvas.draw(note, at: Point(column: start.column + 1, row: start.row))
    }

    private func drawTitle(
        of node: GraphLayout.PlacedNode, _ look: GraphNodeLook, in rect: Rect, _ canvas: inout Canvas
    ) {
        var title = StyledText(" ")
        if let glyph = look.glyph { title.append(String(Character(canvas.glyphs[glyph])) + " ", look.glyphStyle) }
        title.append(node.label + " ", look.nameStyle)
        let room = rect.columns - 4
        canvas.draw(title, at: Point(column: rect.column + 2, row: rect.row), limit: room)
        let free = rect.columns - 4 - title.width
        if !look.note.isEmpty, look.note.width + 3 <= free {
            let start = rect.endColumn - 4 - look.note.width
            canvas.draw(StyledText(" ") + look.note + " ", at: Point(column: start, row: rect.row))
        }
        guard node.kind == .iteratedContainer, !look.strip.isEmpty else { return }
        canvas.draw(look.strip, in: rect.inset(horizontal: 2, vertical: 1), align: .left)
    }

    private func drawLabel(
        of edge: GraphLayout.PlacedEdge, _ lines: EdgeCells, _ shift: Point, _ canvas: inout Canvas
    ) {
        guard let place = edge.labelPoint else { return }
        let style = Style(edge.kind == .caught ? .error : .dim)
        let width = Text.width(edge.label)
        if lines.isLevel(place) {
            let start = Point(column: place.column - 1, row: place.row)
            let room = free(from: start, width + 2) { lines.isLevel($0) }
            guard room >= min(width, 4) + 2 else { return }
            canvas.draw(" " + Text.cut(edge.label, to: room - 2) + " ", at: start.moved(by: shift), style: style)
            return
        }
        let room = free(from: place, width + 1) { canvas.isBlank(from: $0.moved(by: shift), columns: 1) } - 1
        if room >= min(width, 6) {
            canvas.draw(edge.label, at: place.moved(by: shift), style: style, limit: room)
            return
        }
        // At the left of the line, where there is more room.
        let left = Point(column: place.column - 3 - width, row: place.row)
        guard canvas.isBlank(from: Point(column: left.column - 1, row: left.row).moved(by: shift), columns: width + 1)
        else { return }
        canvas.draw(edge.label, at: left.moved(by: shift), style: style)
    }

    /// How many cells from a place on are free, at most as many as wanted.
    private func free(from start: Point, _ wanted: Int, _ isFree: (Point) -> Bool) -> Int {
        var count = 0
        while count < wanted, isFree(Point(column: start.column + count, row: start.row)) { count += 1 }
        return count
    }
}

extension GraphLayout.PlacedNode {
    package var isContainer: Bool { kind == .container || kind == .iteratedContainer }
}

extension GraphLayout.PlacedEdge {
    /// Whether some of it may be in a rectangle.
    func touches(_ view: Rect) -> Bool {
        guard var low = points.first else { return false }
        var high = low
        for point in points {
            low = Point(column: min(low.column, point.column), row: min(low.row, point.row))
            high = Point(column: max(high.column, point.column), row: max(high.row, point.row))
        }
        if let labelPoint { high.column = max(high.column, labelPoint.column + Text.width(label)) }
        return low.column < view.endColumn && high.column >= view.column && low.row < view.endRow
            && high.row >= view.row
    }
}
