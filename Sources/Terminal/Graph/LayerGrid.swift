/// The nodes in their layers, with a slot for each layer that an edge only passes.
struct LayerGrid {
    struct Slot {
        var layer: Int
        /// `nil` where an edge passes.
        var node: Int?
        /// The columns to the left and right of its axis that are its own.
        var left: Int
        var right: Int
        /// The width of the node from its axis to its last column.
        var half: Int
    }

    /// A piece of one or more edges, from a layer to the next.
    struct Link {
        var upper: Int
        var lower: Int
        /// Of the ports, from the axes.
        var upperOffset: Int
        var lowerOffset: Int
        var isCaught: Bool
        /// How much it wants to be straight.
        var weight: Double
        var label: String = ""
    }

    var slots: [Slot] = []
    var links: [Link] = []
    /// The slots of each layer, from left to right.
    var layers: [[Int]] = []
    var above: [[Int]] = []
    var below: [[Int]] = []
    /// The links of each edge, from top to bottom; empty for those that take a lane.
    var paths: [[Int]] = []
    /// Edges that are drawn beside the layers: those that lead back, and those that pass too many layers.
    var laneEdges: [Int] = []

    init(_ flow: FlowInput, _ layering: Layering) {
        layers = Array(repeating: [], count: layering.count)
        paths = Array(repeating: [], count: flow.edges.count)
        for (node, size) in flow.sizes.enumerated() {
            let half = max(size.columns - 1, 0) / 2
            let right = size.columns - 1 - half
            add(Slot(layer: layering.layers[node], node: node, left: half, right: right, half: right))
        }
        let longest = Self.longestSpan(flow, layering)
        var passes: [Chain: Int] = [:]
        var known: [Chain: Int] = [:]
        for (index, edge) in flow.edges.enumerated() where edge.from != edge.to {
            let span = layering.layers[edge.to] - layering.layers[edge.from]
            guard !layering.isBack[index], span > 0, span <= longest else {
                laneEdges.append(index)
                continue
            }
            connect(index, edge, layering, &passes, &known)
        }
        setPorts(flow)
    }

    /// Edges into the same node share the slots that they pass.
    private struct Chain: Hashable {
        var first: Int
        var second: Int
        var isCaught: Bool
    }

    /// With too many slots to pass, the longest edges take lanes.
    private static func longestSpan(_ flow: FlowInput, _ layering: Layering) -> Int {
        var reach: [Chain: Int] = [:]
        for (index, edge) in flow.edges.enumerated() where !layering.isBack[index] {
            let span = layering.layers[edge.to] - layering.layers[edge.from]
            let chain = Chain(first: edge.to, second: 0, isCaught: edge.isCaught)
            reach[chain] = max(reach[chain] ?? 0, span)
        }
        var budget = max(2000, 6 * flow.sizes.count)
        var longest = 0
        for span in reach.values.sorted() {
            budget -= span
            guard budget > 0 else { return max(longest, 1) }
            longest = span
        }
        return Int.max
    }

    private mutating func add(_ slot: Slot) {
        slots.append(slot)
        above.append([])
        below.append([])
    }

    private mutating func connect(
        _ index: Int, _ edge: FlowInput.Edge, _ layering: Layering, _ passes: inout [Chain: Int],
        _ known: inout [Chain: Int]
    ) {
        var upper = edge.from
        var path: [Int] = []
        for layer in (layering.layers[edge.from] + 1)...layering.layers[edge.to] {
            var lower = edge.to
            if layer < layering.layers[edge.to] {
                let chain = Chain(first: edge.to, second: layer, isCaught: edge.isCaught)
                lower = passes[chain] ?? slots.count
                if lower == slots.count {
                    add(Slot(layer: layer, node: nil, left: 0, right: 0, half: 0))
                    passes[chain] = lower
                }
            }
            path.append(link(from: upper, to: lower, isCaught: edge.isCaught, &known))
            upper = lower
        }
        paths[index] = path
        guard let first = path.first, !edge.label.isEmpty else { return }
        let old = links[first].label
        links[first].label = old.isEmpty ? edge.label : old + " / " + edge.label
    }

    private mutating func link(from upper: Int, to lower: Int, isCaught: Bool, _ known: inout [Chain: Int]) -> Int {
        let key = Chain(first: upper, second: lower, isCaught: isCaught)
        if let link = known[key] { return link }
        known[key] = links.count
        let ends = (slots[upper].node == nil ? 1 : 0) + (slots[lower].node == nil ? 1 : 0)
        let weight: Double = ends == 2 ? 6 : ends == 1 ? 1.5 : 8
        links.append(
            Link(
                upper: upper, lower: lower, upperOffset: 0, lowerOffset: 0, isCaught: isCaught,
                weight: isCaught ? weight / 32 : weight))
        below[upper].append(links.count - 1)
        above[lower].append(links.count - 1)
        return links.count - 1
    }

    /// Where a node has both kinds of edges, the caught ones have a port of their own.
    private mutating func setPorts(_ flow: FlowInput) {
        for slot in slots.indices where slots[slot].node != nil {
            let half = slots[slot].half
            if half >= 4, isMixed(below[slot]) {
                for link in below[slot] where links[link].isCaught { links[link].upperOffset = half - 2 }
            }
            // A label beside the arrow of the others would be in the way of a second one.
            let isLabelled = above[slot].contains { !links[$0].isCaught && !links[$0].label.isEmpty }
            if half >= 4, !isLabelled, isMixed(above[slot]) {
                for link in above[slot] where links[link].isCaught { links[link].lowerOffset = 2 }
            }
        }
        for link in links where !link.label.isEmpty {
            let width = min(Text.width(link.label), flow.metrics.edgeLabelWidth)
            guard width > 0 else { continue }
            slots[link.lower].right = max(slots[link.lower].right, link.lowerOffset + width + 2)
        }
    }

    private func isMixed(_ indices: [Int]) -> Bool {
        indices.contains { links[$0].isCaught } && indices.contains { !links[$0].isCaught }
    }
}

/// What one graph without its containers' contents is laid out from.
struct FlowInput {
    struct Edge {
        var from: Int
        var to: Int
        var isCaught: Bool
        var label: String
    }

    var sizes: [Size]
    var edges: [Edge]
    var start: Int?
    var metrics: GraphMetrics
}
