/// The columns beside the layers in which edges lead back up, or past many layers.
struct EdgeLanes {
    enum Side: Hashable {
        case left, right
    }

    /// How an edge gets from its source to its lane, or from there to its target.
    enum Port: Hashable {
        /// Through the side of the node.
        case side
        /// Through the gap below the source or above the target.
        case gap
    }

    struct Lane {
        var edge: Int
        var side: Side
        var exit: Port
        var entry: Port
        /// From the layers outwards, from 0 on.
        var number = 0
        var column = 0
    }

    private(set) var lanes: [Lane] = []
    private(set) var count: [Side: Int] = [:]

    /// More lanes than this share columns.
    private static let most = 120

    init(_ flow: FlowInput, _ grid: LayerGrid, hasLoop: [Bool]) {
        var ends = Ends(grid, hasLoop: hasLoop)
        for index in grid.laneEdges {
            let edge = flow.edges[index]
            lanes.append(ends.lane(for: index, from: edge.from, to: edge.to))
        }
        number(flow, grid)
    }

    /// The shortest lanes are the innermost ones; edges to the same node share one.
    private mutating func number(_ flow: FlowInput, _ grid: LayerGrid) {
        func span(_ lane: Lane) -> ClosedRange<Int> {
            let edge = flow.edges[lane.edge]
            let from = 2 * grid.slots[edge.from].layer + (lane.exit == .gap ? 2 : 1)
            let to = 2 * grid.slots[edge.to].layer + (lane.entry == .gap ? 0 : 1)
            return min(from, to)...max(from, to)
        }
        var taken: [Side: [[(span: ClosedRange<Int>, to: Int)]]] = [.left: [], .right: []]
        let order = lanes.indices.sorted { (span(lanes[$0]).count, $0) < (span(lanes[$1]).count, $1) }
        for index in order {
            let side = lanes[index].side
            let to = flow.edges[lanes[index].edge].to
            let span = span(lanes[index])
            var rows = taken[side] ?? []
            var place = rows.firstIndex { row in row.allSatisfy { !$0.span.overlaps(span) || $0.to == to } }
            if place == nil, rows.count >= Self.most { place = index % Self.most }
            let number = place ?? rows.count
            if number == rows.count { rows.append([]) }
            rows[number].append((span, to))
            taken[side] = rows
            lanes[index].number = number
        }
        count = taken.mapValues(\.count)
    }

    /// - Parameters:
    ///   - columns: those that the layers take.
    ///   - pitch: from one lane to the next.
    mutating func setColumns(beside columns: Range<Int>, pitch: Int) {
        for index in lanes.indices {
            let distance = 1 + pitch * lanes[index].number
            lanes[index].column =
                lanes[index].side == .right ? columns.upperBound + distance : columns.lowerBound - 1 - distance
        }
    }

    /// Which sides of nodes are at the edge of the graph, and what they are used for.
    private struct Ends {
        private var first: [Int?]
        private var last: [Int?]
        /// Whether a side is for edges that arrive.
        private var used: [Use: Bool] = [:]
        private let hasLoop: [Bool]
        private let grid: LayerGrid

        private struct Use: Hashable {
            var node: Int
            var side: Side
        }

        init(_ grid: LayerGrid, hasLoop: [Bool]) {
            self.grid = grid
            self.hasLoop = hasLoop
            first = grid.layers.map { layer in layer.first { grid.slots[$0].node != nil } }
            last = grid.layers.map { layer in layer.last { grid.slots[$0].node != nil } }
        }

        private func isOuter(_ node: Int, _ side: Side) -> Bool {
            (side == .left ? first : last)[grid.slots[node].layer] == node
        }

        /// A side is for edges that leave or for edges that arrive; with a self loop on it, for neither.
        private func isFree(_ node: Int, _ side: Side, isEntry: Bool) -> Bool {
            guard isOuter(node, side), side == .left || !hasLoop[node] else { return false }
            return used[Use(node: node, side: side)].map { $0 == isEntry } ?? true
        }

        mutating func lane(for edge: Int, from: Int, to: Int) -> Lane {
            func freedom(_ side: Side) -> Int {
                (isFree(from, side, isEntry: false) ? 1 : 0) + (isFree(to, side, isEntry: true) ? 1 : 0)
            }
            let side: Side = freedom(.left) > freedom(.right) ? .left : .right
            var lane = Lane(edge: edge, side: side, exit: .gap, entry: .gap)
            if isFree(from, side, isEntry: false) {
                lane.exit = .side
                used[Use(node: from, side: side)] = false
            }
            if isFree(to, side, isEntry: true) {
                lane.entry = .side
                used[Use(node: to, side: side)] = true
            }
            return lane
        }
    }
}
