extension FlowPlan {
    /// The line of an edge; the number of the edge is left for the caller to set.
    func route(of index: Int) -> FlowLayout.Route {
        let edge = input.edges[index]
        guard edge.from != edge.to else { return loop(edge) }
        if let place = laneOf(index) { return laneRoute(place, edge) }
        var points: [Point] = []
        var labelPoint: Point?
        for place in grid.paths[index] {
            let link = grid.links[place]
            let gap = grid.slots[link.lower].layer
            let top = columns[link.upper] + link.upperOffset
            let bottom = columns[link.lower] + link.lowerOffset
            if points.isEmpty { points.append(Point(column: top, row: rects[edge.from].endRow - 1)) }
            pass(gap, netOfLink[place], from: top, to: bottom, &points)
            if labelPoint == nil, !link.label.isEmpty {
                labelPoint = Point(column: bottom + 2, row: layerRows[gap] - 1)
            }
        }
        let column = points.last?.column ?? rects[edge.to].column
        points.append(Point(column: column, row: rects[edge.to].row))
        let label = grid.paths[index].first.map { grid.links[$0].label } ?? ""
        return route(points, cut(label), labelPoint, isBack: false)
    }

    private func laneOf(_ index: Int) -> Int? {
        guard grid.paths[index].isEmpty else { return nil }
        var low = 0
        var high = lanes.lanes.count
        while low < high {
            let middle = (low + high) / 2
            if lanes.lanes[middle].edge < index { low = middle + 1 } else { high = middle }
        }
        return low < lanes.lanes.count && lanes.lanes[low].edge == index ? low : nil
    }

    private func route(_ points: [Point], _ label: String, _ labelPoint: Point?, isBack: Bool) -> FlowLayout.Route {
        FlowLayout.Route(
            edge: 0, points: Self.straightened(points), label: label, labelPoint: label.isEmpty ? nil : labelPoint,
            isBack: isBack)
    }

    private func cut(_ label: String) -> String { Text.cut(label, to: input.metrics.edgeLabelWidth) }

    /// The corners of a net between a column above and one below.
    private func pass(_ gap: Int, _ net: Int, from top: Int, to bottom: Int, _ points: inout [Point]) {
        guard gaps.indices.contains(gap), gaps[gap].nets.indices.contains(net) else { return }
        let net = gaps[gap].nets[net]
        guard let track = net.track else { return }
        var column = top
        if let step = net.step {
            points.append(Point(column: column, row: gapRows[gap] + step.track))
            column = step.column
            points.append(Point(column: column, row: gapRows[gap] + step.track))
        }
        points.append(Point(column: column, row: gapRows[gap] + track))
        points.append(Point(column: bottom, row: gapRows[gap] + track))
    }

    private func laneRoute(_ place: Int, _ edge: FlowInput.Edge) -> FlowLayout.Route {
        let lane = lanes.lanes[place]
        let from = rects[edge.from]
        let to = rects[edge.to]
        var points: [Point] = []
        var labelPoint: Point?
        let label = cut(edge.label)
        if lane.exit == .gap, let net = exitNets[place] {
            let gap = grid.slots[edge.from].layer + 1
            let top = gaps[gap].nets[net].top ?? columns[edge.from]
            points.append(Point(column: top, row: from.endRow - 1))
            pass(gap, net, from: top, to: lane.column, &points)
            if let last = points.last {
                let width = Text.width(label)
                let start = lane.side == .right ? max(top, lane.column - width - 3) + 1 : lane.column + 2
                labelPoint = Point(column: start, row: last.row)
            }
        } else {
            let isRight = lane.side == .right
            let row = from.row + min(from.rows - 1, 1)
            points.append(Point(column: isRight ? from.endColumn - 1 : from.column, row: row))
            points.append(Point(column: lane.column, row: row))
            labelPoint = Point(
                column: isRight ? from.endColumn + 1 : from.column - 1 - Text.width(label), row: row)
        }
        if lane.entry == .gap, let net = entryNets[place] {
            let gap = grid.slots[edge.to].layer
            pass(gap, net, from: lane.column, to: columns[edge.to], &points)
            points.append(Point(column: columns[edge.to], row: to.row))
        } else {
            let row = to.row + min(to.rows - 1, 1)
            points.append(Point(column: lane.column, row: row))
            points.append(Point(column: lane.side == .right ? to.endColumn - 1 : to.column, row: row))
        }
        let isBack = grid.slots[edge.to].layer <= grid.slots[edge.from].layer
        return route(points, label, labelPoint, isBack: isBack)
    }

    /// A loop at the right of its node: out of the middle, back into the row below; in one row where there is only one.
    private func loop(_ edge: FlowInput.Edge) -> FlowLayout.Route {
        let rect = rects[edge.from]
        let right = rect.endColumn
        guard rect.rows >= 3 else {
            return route(
                [Point(column: right - 1, row: rect.row), Point(column: right, row: rect.row)], "", nil, isBack: true)
        }
        let points = [
            Point(column: right - 1, row: rect.row + 1), Point(column: right + 1, row: rect.row + 1),
            Point(column: right + 1, row: rect.row + 2), Point(column: right - 1, row: rect.row + 2),
        ]
        return route(points, "", nil, isBack: true)
    }

    /// Without repeated points and corners that are none.
    private static func straightened(_ points: [Point]) -> [Point] {
        var kept: [Point] = []
        for point in points where point != kept.last {
            if kept.count >= 2 {
                let (a, b) = (kept[kept.count - 2], kept[kept.count - 1])
                let isVertical =
                    a.column == b.column && b.column == point.column && (b.row - a.row) * (point.row - b.row) > 0
                let isLevel =
                    a.row == b.row && b.row == point.row && (b.column - a.column) * (point.column - b.column) > 0
                if isVertical || isLevel { kept.removeLast() }
            }
            kept.append(point)
        }
        return kept
    }
}
