import Terminal

/// What a layout promises and does not keep.
enum LayoutFaults {
    static func of(_ layout: GraphLayout) -> [String] {
        boxes(layout) + edges(layout)
    }

    private static func isInside(_ index: Int, _ container: Int, _ layout: GraphLayout) -> Bool {
        var place = layout.nodes[index].parent
        while let current = place {
            if current == container { return true }
            place = layout.nodes[current].parent
        }
        return false
    }

    private static func boxes(_ layout: GraphLayout) -> [String] {
        var faults: [String] = []
        let whole = Rect(layout.size)
        for (index, node) in layout.nodes.enumerated() {
            if node.rect.intersection(whole) != node.rect { faults.append("\(node.id) is outside of the picture") }
            if let parent = node.parent, node.rect.intersection(layout.nodes[parent].rect.inset()) != node.rect {
                faults.append("\(node.id) is not inside of its container")
            }
            for other in layout.nodes.indices where other > index {
                guard !node.rect.intersection(layout.nodes[other].rect).isEmpty else { continue }
                guard !isInside(other, index, layout), !isInside(index, other, layout) else { continue }
                faults.append("\(node.id) overlaps \(layout.nodes[other].id)")
            }
        }
        return faults
    }

    private static func edges(_ layout: GraphLayout) -> [String] {
        // The innermost node of each cell.
        var owners = Array(repeating: -1, count: layout.size.columns * layout.size.rows)
        for (index, node) in layout.nodes.enumerated() {
            for row in node.rect.row..<node.rect.endRow {
                for column in node.rect.column..<node.rect.endColumn {
                    owners[row * layout.size.columns + column] = index
                }
            }
        }
        return layout.edges.flatMap { faults(of: $0, owners, layout) }
    }

    private static func faults(of edge: GraphLayout.PlacedEdge, _ owners: [Int], _ layout: GraphLayout) -> [String] {
        let name = "\(layout.nodes[edge.from].id) → \(layout.nodes[edge.to].id)"
        guard let first = edge.points.first, let last = edge.points.last, edge.points.count > 1 else {
            return ["\(name) has no line"]
        }
        var faults: [String] = []
        if !isBorder(first, of: layout.nodes[edge.from].rect) { faults.append("\(name) does not start at its box") }
        let isShortLoop = edge.from == edge.to && layout.nodes[edge.to].rect.rows == 1
        if !isShortLoop, !isBorder(last, of: layout.nodes[edge.to].rect) {
            faults.append("\(name) does not end at its box")
        }
        let parent = layout.nodes[edge.from].parent ?? -1
        let cells = Self.cells(of: edge.points)
        for (place, cell) in cells.enumerated() {
            guard Rect(layout.size).contains(cell) else {
                faults.append("\(name) leaves the picture")
                break
            }
            let owner = owners[cell.row * layout.size.columns + cell.column]
            let isStart = place == 0 && owner == edge.from
            let isEnd = place == cells.count - 1 && owner == edge.to
            guard owner != parent, !isStart, !isEnd else { continue }
            faults.append("\(name) runs through \(owner < 0 ? "the outside" : layout.nodes[owner].id)")
        }
        for (a, b) in zip(edge.points, edge.points.dropFirst()) where a.row != b.row && a.column != b.column {
            faults.append("\(name) runs askew")
        }
        return faults
    }

    private static func isBorder(_ point: Point, of rect: Rect) -> Bool {
        rect.contains(point) && !rect.inset().contains(point)
    }

    static func cells(of points: [Point]) -> [Point] {
        guard var at = points.first else { return [] }
        var cells = [at]
        for point in points.dropFirst() {
            while at != point {
                at.column += (point.column - at.column).signum()
                at.row += (point.row - at.row).signum()
                cells.append(at)
            }
        }
        return cells
    }

    /// Pairs of edges that have neither end in common and share more than a crossing.
    static func sharedLines(_ layout: GraphLayout) -> [String] {
        var users: [Point: [(edge: Int, isLevel: Bool)]] = [:]
        for (index, edge) in layout.edges.enumerated() {
            for (a, b) in zip(edge.points, edge.points.dropFirst()) {
                for cell in cells(of: [a, b]) where cell != b {
                    users[cell, default: []].append((index, a.row == b.row))
                }
            }
        }
        var faults: Set<String> = []
        for (_, all) in users {
            for one in all {
                for other in all where other.edge > one.edge && other.isLevel == one.isLevel {
                    let (a, b) = (layout.edges[one.edge], layout.edges[other.edge])
                    guard a.from != b.from, a.to != b.to else { continue }
                    faults.insert("\(one.edge) and \(other.edge) share a line")
                }
            }
        }
        return faults.sorted()
    }
}
