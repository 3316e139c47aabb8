/// The cells of the edges that a view shows: lines of different edges are joined where one of them turns, and pass behind each
/// other where both go straight.
struct EdgeCells {
    private let view: Rect
    private let zoom: GraphZoom
    private let isAscii: Bool
    private var cells: [EdgeCell]
    private var ends: [End] = []
    private var loops: [(point: Point, look: GraphEdgeLook)] = []

    private struct EdgeCell {
        /// What edges that turn or end here have.
        var joint: BoxLine = []
        var isLevel = false
        var isUpright = false
        var level = GraphEdgeLook(rank: -1)
        var upright = GraphEdgeLook(rank: -1)
    }

    private struct End {
        var point: Point
        /// From the border outwards.
        var direction: BoxLine
        var isArrow: Bool
        var hasBorder: Bool
        var look: GraphEdgeLook
    }

    init(_ view: Rect, _ zoom: GraphZoom, isAscii: Bool) {
        self.view = view
        self.zoom = zoom
        self.isAscii = isAscii
        cells = Array(repeating: EdgeCell(), count: view.columns * view.rows)
    }

    private func index(_ point: Point) -> Int? {
        guard view.contains(point) else { return nil }
        return (point.row - view.row) * view.columns + point.column - view.column
    }

    /// Whether only level lines are there.
    func isLevel(_ point: Point) -> Bool {
        guard let index = index(point) else { return false }
        return cells[index].isLevel && !cells[index].isUpright && cells[index].joint.isEmpty
    }

    mutating func add(_ edge: GraphLayout.PlacedEdge, _ look: GraphEdgeLook, _ layout: GraphLayout) {
        let points = edge.points
        guard points.count >= 2, let first = points.first, let last = points.last else { return }
        if edge.from == edge.to, points.count == 2 {
            loops.append((last, look))
            return
        }
        let out = BoxLine(from: first, to: points[1])
        let home = BoxLine(from: last, to: points[points.count - 2])
        let from = layout.nodes[edge.from].rect
        let to = layout.nodes[edge.to].rect
        ends.append(End(point: first, direction: out, isArrow: false, hasBorder: from.rows >= 3, look: look))
        ends.append(End(point: last, direction: home, isArrow: zoom != .dots, hasBorder: to.rows >= 3, look: look))
        for place in 1..<points.count { addSegment(points[place - 1], points[place], look) }
        for place in 1..<(points.count - 1) {
            let turn = BoxLine(from: points[place], to: points[place - 1])
                .union(BoxLine(from: points[place], to: points[place + 1]))
            if let index = index(points[place]) { cells[index].joint.formUnion(turn) }
        }
    }

    /// Without its ends.
    private mutating func addSegment(_ start: Point, _ end: Point, _ look: GraphEdgeLook) {
        if start.row == end.row {
            guard (view.row..<view.endRow).contains(start.row) else { return }
            let low = max(min(start.column, end.column), view.column)
            let high = min(max(start.column, end.column), view.endColumn - 1)
            guard low <= high else { return }
            for column in low...high { mark(Point(column: column, row: start.row), start, end, isLevel: true, look) }
        } else {
            guard (view.column..<view.endColumn).contains(start.column) else { return }
            let low = max(min(start.row, end.row), view.row)
            let high = min(max(start.row, end.row), view.endRow - 1)
            guard low <= high else { return }
            for row in low...high { mark(Point(column: start.column, row: row), start, end, isLevel: false, look) }
        }
    }

    private mutating func mark(_ point: Point, _ start: Point, _ end: Point, isLevel: Bool, _ look: GraphEdgeLook) {
        guard let index = index(point) else { return }
        let isInner = point != start && point != end
        if isLevel {
            if isInner { cells[index].isLevel = true }
            if look.rank > cells[index].level.rank { cells[index].level = look }
        } else {
            if isInner { cells[index].isUpright = true }
            if look.rank > cells[index].upright.rank { cells[index].upright = look }
        }
    }

    func draw(on canvas: inout Canvas, _ shift: Point) {
        for (index, cell) in cells.enumerated() where cell.isLevel || cell.isUpright || !cell.joint.isEmpty {
            let point = Point(column: view.column + index % view.columns, row: view.row + index / view.columns)
            draw(cell, at: point.moved(by: shift), on: &canvas)
        }
        // Ends in the order of their rank, so that the taken edge gives the arrow its colour.
        for end in ends.enumerated().sorted(by: {
            ($0.element.look.rank, $0.offset) < ($1.element.look.rank, $1.offset)
        }) {
            draw(end.element, shift, on: &canvas)
        }
        for loop in loops { canvas.put(.retry, at: loop.point.moved(by: shift), style: loop.look.style) }
    }

    private func draw(_ cell: EdgeCell, at point: Point, on canvas: inout Canvas) {
        guard !cell.joint.isEmpty else {
            let look = cell.isUpright ? cell.upright : cell.level
            canvas.put(straight(isLevel: !cell.isUpright, look.isDashed), at: point, style: look.style)
            return
        }
        var line = cell.joint
        if cell.isLevel { line.formUnion(.horizontal) }
        if cell.isUpright { line.formUnion(.vertical) }
        let look = cell.level.rank > cell.upright.rank ? cell.level : cell.upright
        canvas.put(line.scalar, at: point, style: look.style)
    }

    private func straight(isLevel: Bool, _ isDashed: Bool) -> Unicode.Scalar {
        guard isDashed else { return isLevel ? "─" : "│" }
        if isAscii { return isLevel ? "." : ":" }
        return isLevel ? "╌" : "╎"
    }

    private func draw(_ end: End, _ shift: Point, on canvas: inout Canvas) {
        guard view.contains(end.point) || !end.hasBorder else { return }
        let style = end.look.style
        if end.isArrow {
            let point = end.hasBorder ? end.point : end.point.neighbour(end.direction)
            guard view.contains(point) else { return }
            canvas.put(arrow(end.direction), at: point.moved(by: shift), style: style)
            return
        }
        guard end.hasBorder else { return }
        let point = end.point.moved(by: shift)
        guard canvas.frame.bounds.contains(point) else { return }
        let cell = canvas.frame[point.column, point.row]
        guard let joined = GraphBorder.joined(cell.scalar, end.direction) else { return }
        canvas.put(joined, at: point, style: cell.style)
    }

    private func arrow(_ direction: BoxLine) -> Unicode.Scalar {
        switch direction {
        case .up: "▼"
        case .right: "◀"
        case .left: "▶"
        default: "▲"
        }
    }
}

extension BoxLine {
    /// The direction from a point to another one in the same row or column.
    init(from start: Point, to end: Point) {
        if start.row == end.row {
            self = start.column < end.column ? .right : .left
        } else {
            self = start.row < end.row ? .down : .up
        }
    }
}

extension Point {
    fileprivate func neighbour(_ direction: BoxLine) -> Point {
        switch direction {
        case .up: Point(column: column, row: row - 1)
        case .down: Point(column: column, row: row + 1)
        case .left: Point(column: column - 1, row: row)
        default: Point(column: column + 1, row: row)
        }
    }
}
