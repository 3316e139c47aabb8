/// Where a key moves the selection.
package enum GraphDirection: Hashable, Sendable, CaseIterable {
    case up, down, left, right
}

extension GraphLayout {
    /// The innermost node at a cell of the graph.
    package func node(at point: Point) -> PlacedNode? {
        nodes.last { $0.rect.contains(point) }
    }

    /// The node that a key leads to: along an edge where one leads that way, else the nearest that way.
    package func neighbour(of id: String, _ direction: GraphDirection) -> String? {
        guard let index = index(of: id) else { return nodes.first?.id }
        if let inner = stepInOrOut(index, direction) { return nodes[inner].id }
        let linked = edges.compactMap { edge -> Int? in
            guard edge.from == index || edge.to == index, edge.from != edge.to else { return nil }
            return edge.from == index ? edge.to : edge.from
        }
        let isUpright = direction == .up || direction == .down
        let near = isUpright ? nearest(to: index, direction, among: linked) : nil
        let siblings = nodes.indices.filter { nodes[$0].parent == nodes[index].parent && $0 != index }
        if let found = near ?? nearest(to: index, direction, among: siblings) { return nodes[found].id }
        let others = nodes.indices.filter { $0 != index && !nodes[$0].rect.contains(nodes[index].rect.origin) }
        return nearest(to: index, direction, among: others).map { nodes[$0].id }
    }

    /// Down from a container leads into it; up from what is highest in it leads to the container.
    private func stepInOrOut(_ index: Int, _ direction: GraphDirection) -> Int? {
        switch direction {
        case .down:
            return nodes.indices.first { nodes[$0].parent == index }
        case .up:
            guard let parent = nodes[index].parent else { return nil }
            let highest = nodes.lazy.filter { $0.parent == parent }.map(\.rect.row).min()
            return nodes[index].rect.row == highest ? parent : nil
        case .left, .right: return nil
        }
    }

    private func nearest(to index: Int, _ direction: GraphDirection, among others: [Int]) -> Int? {
        let from = nodes[index].rect
        var best: (index: Int, cost: Int)?
        for other in others {
            let to = nodes[other].rect
            let (ahead, aside) = Self.distance(from, to, direction)
            guard ahead >= 0 else { continue }
            let cost = 2 * ahead + aside + (direction == .left || direction == .right ? 4 * aside : 0)
            if best.map({ cost < $0.cost }) ?? true { best = (other, cost) }
        }
        return best?.index
    }

    /// The rows or columns between two rectangles in a direction (negative when it is not that way), and how far aside the
    /// other one is.
    private static func distance(_ from: Rect, _ to: Rect, _ direction: GraphDirection) -> (ahead: Int, aside: Int) {
        let columns = max(max(from.column, to.column) - min(from.endColumn, to.endColumn), 0)
        let rows = max(max(from.row, to.row) - min(from.endRow, to.endRow), 0)
        let middles = abs(from.column + from.columns / 2 - to.column - to.columns / 2)
        switch direction {
        case .up: return (from.row - to.endRow, columns + middles)
        case .down: return (to.row - from.endRow, columns + middles)
        case .left: return (from.column - to.endColumn, rows)
        case .right: return (to.column - from.endColumn, rows)
        }
    }

    /// The offset at which a view of some size shows a node, moved no more than needed.
    package func offset(showing id: String, in view: Size, from offset: Point) -> Point {
        guard let node = node(id) else { return bounded(offset, in: view) }
        let column = Self.shown(node.rect.column, node.rect.columns, view.columns, offset.column)
        let row = Self.shown(node.rect.row, node.rect.rows, view.rows, offset.row)
        return bounded(Point(column: column, row: row), in: view)
    }

    private static func shown(_ start: Int, _ length: Int, _ room: Int, _ offset: Int) -> Int {
        let margin = min(2, max((room - length) / 2, 0))
        if length > room || start - margin < offset { return start - margin }
        return max(offset, start + length + margin - room)
    }

    /// An offset that leaves no more empty space than the graph makes needed; a graph that is smaller than the view is in its
    /// middle.
    package func bounded(_ offset: Point, in view: Size) -> Point {
        Point(
            column: Self.bounded(offset.column, size.columns, view.columns, isCentred: true),
            row: Self.bounded(offset.row, size.rows, view.rows, isCentred: false))
    }

    private static func bounded(_ offset: Int, _ length: Int, _ room: Int, isCentred: Bool) -> Int {
        guard length > room else { return isCentred ? -((room - length) / 2) : 0 }
        return min(max(offset, 0), length - room)
    }

    /// The closest zoom at which the whole graph fits; dots when none does.
    package static func fittingZoom(_ model: GraphModel, in view: Size) -> GraphZoom {
        for zoom in [GraphZoom.boxes, .names] {
            let size = GraphLayout(model, zoom: zoom).size
            if size.columns <= view.columns, size.rows <= view.rows { return zoom }
        }
        return .dots
    }
}
