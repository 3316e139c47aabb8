/// All steps of the layout of one graph: layers, orders, columns, lanes, rows.
struct FlowPlan {
    let input: FlowInput
    private(set) var grid: LayerGrid
    private(set) var columns: [Int]
    private(set) var lanes: EdgeLanes
    /// Of the gap above each layer, and of the one below the last.
    private(set) var gaps: [EdgeTracks] = []
    /// The net of each link, in the gap that it passes.
    private(set) var netOfLink: [Int]
    /// The nets by which each lane leaves its source and reaches its target, where these are in gaps.
    private(set) var exitNets: [Int?]
    private(set) var entryNets: [Int?]
    private(set) var gapRows: [Int] = []
    private(set) var layerRows: [Int] = []
    private(set) var rects: [Rect] = []
    private(set) var size = Size(columns: 0, rows: 0)

    init(_ input: FlowInput) {
        self.input = input
        var outgoing: [[Int]] = Array(repeating: [], count: input.sizes.count)
        for isCaught in [false, true] {
            for (index, edge) in input.edges.enumerated() where edge.isCaught == isCaught {
                outgoing[edge.from].append(index)
            }
        }
        let start = input.start.flatMap { input.sizes.indices.contains($0) ? $0 : nil }
        let layering = Layering(
            nodeCount: input.sizes.count, start: start, ends: input.edges.map { ($0.from, $0.to) }, outgoing: outgoing)
        grid = LayerGrid(input, layering)
        var hasLoop = Array(repeating: false, count: input.sizes.count)
        for edge in input.edges where edge.from == edge.to { hasLoop[edge.from] = true }
        CrossingReduction.reduce(&grid, start: start)
        lanes = EdgeLanes(input, grid, hasLoop: hasLoop)
        columns = []
        netOfLink = Array(repeating: 0, count: grid.links.count)
        exitNets = Array(repeating: nil, count: lanes.lanes.count)
        entryNets = exitNets
        reserveSides(hasLoop)
        columns = ColumnPlacement(grid, gap: input.metrics.columnGap).columns
        placeLanes()
        makeNets()
        placeRows()
    }

    /// Room at the right of nodes for their loops and for the labels of edges that leave there.
    private mutating func reserveSides(_ hasLoop: [Bool]) {
        for node in hasLoop.indices where hasLoop[node] { grid.slots[node].right += 2 }
        for lane in lanes.lanes where lane.exit == .side && !input.edges[lane.edge].label.isEmpty {
            let width = min(Text.width(input.edges[lane.edge].label), input.metrics.edgeLabelWidth)
            guard width > 0 else { continue }
            let node = input.edges[lane.edge].from
            if lane.side == .right {
                grid.slots[node].right = max(grid.slots[node].right, grid.slots[node].half + width + 3)
            } else {
                let half = input.sizes[node].columns - 1 - grid.slots[node].half
                grid.slots[node].left = max(grid.slots[node].left, half + width + 3)
            }
        }
    }

    private mutating func placeLanes() {
        let end = grid.slots.indices.map { columns[$0] + grid.slots[$0].right + 1 }.max() ?? 0
        let pitch = input.metrics.zoom == .dots ? 1 : 2
        lanes.setColumns(beside: 0..<end, pitch: pitch)
        let first = min(lanes.lanes.map(\.column).min() ?? 0, 0)
        let last = max(lanes.lanes.map { $0.column + 1 }.max() ?? 0, end)
        for slot in columns.indices { columns[slot] -= first }
        lanes.setColumns(beside: -first..<(end - first), pitch: pitch)
        size.columns = last - first
    }

    /// The port at the bottom of a node for edges that leave it by a lane.
    private func exitOffset(of node: Int, isCaught: Bool) -> Int {
        let half = grid.slots[node].half
        guard isCaught, half >= 4 else { return 0 }
        let hasOther = grid.below[node].contains { !grid.links[$0].isCaught }
        return hasOther ? half - 2 : 0
    }

    private mutating func makeNets() {
        var nets: [[EdgeNet]] = Array(repeating: [], count: grid.layers.count + 1)
        var byTop: [NetKey: Int] = [:]
        func net(at gap: Int, top: Int) -> Int {
            let key = NetKey(gap: gap, column: top)
            if let place = byTop[key] { return place }
            byTop[key] = nets[gap].count
            nets[gap].append(EdgeNet(top: top))
            return nets[gap].count - 1
        }
        for (index, link) in grid.links.enumerated() {
            let gap = grid.slots[link.lower].layer
            let place = net(at: gap, top: columns[link.upper] + link.upperOffset)
            let bottom = EdgeNet.Bottom(column: columns[link.lower] + link.lowerOffset, slot: link.lower)
            nets[gap][place].bottoms.append(bottom)
            netOfLink[index] = place
        }
        var byLane: [NetKey: Int] = [:]
        for (index, lane) in lanes.lanes.enumerated() {
            let edge = input.edges[lane.edge]
            if lane.exit == .gap {
                let gap = grid.slots[edge.from].layer + 1
                let top = columns[edge.from] + exitOffset(of: edge.from, isCaught: edge.isCaught)
                let place = net(at: gap, top: top)
                nets[gap][place].lanes.append(lane.column)
                exitNets[index] = place
            }
            if lane.entry == .gap {
                let gap = grid.slots[edge.to].layer
                let key = NetKey(gap: gap, column: edge.to * 2 + (lane.side == .left ? 0 : 1))
                let place = byLane[key] ?? nets[gap].count
                if place == nets[gap].count {
                    byLane[key] = place
                    let bottom = EdgeNet.Bottom(column: columns[edge.to], slot: edge.to)
                    nets[gap].append(EdgeNet(top: nil, bottoms: [bottom]))
                }
                nets[gap][place].lanes.append(lane.column)
                entryNets[index] = place
            }
        }
        gaps = nets.map { EdgeTracks($0, columns: 0..<size.columns) }
    }

    private struct NetKey: Hashable {
        var gap: Int
        var column: Int
    }

    private mutating func placeRows() {
        var isLabelled = Array(repeating: false, count: gaps.count)
        if input.metrics.edgeLabelWidth > 0 {
            for link in grid.links where !link.label.isEmpty { isLabelled[grid.slots[link.lower].layer] = true }
        }
        let arrow = input.metrics.zoom == .boxes ? 0 : 1
        var row = 0
        rects = Array(repeating: Rect(column: 0, row: 0, columns: 0, rows: 0), count: input.sizes.count)
        for gap in gaps.indices {
            gapRows.append(row)
            let isOuter = gap == 0 || gap == gaps.count - 1
            let tracks = gaps[gap].count
            let below = gap == gaps.count - 1 || tracks == 0 && isOuter ? 0 : isLabelled[gap] ? 1 : arrow
            row += max(isOuter ? 0 : input.metrics.rowGap, tracks + (tracks > 0 || isLabelled[gap] ? below : 0))
            guard gap < grid.layers.count else { break }
            layerRows.append(row)
            var height = 1
            for slot in grid.layers[gap] {
                guard let node = grid.slots[slot].node else { continue }
                let size = input.sizes[node]
                let left = size.columns - 1 - grid.slots[node].half
                rects[node] = Rect(column: columns[slot] - left, row: row, columns: size.columns, rows: size.rows)
                height = max(height, size.rows)
            }
            row += height
        }
        size.rows = row
    }
}
