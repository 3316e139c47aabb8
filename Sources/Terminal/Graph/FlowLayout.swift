/// Where the nodes and edges of one graph are, without what is in its containers.
struct FlowLayout {
    struct Route {
        /// As a place in ``GraphModel/edges``.
        var edge: Int
        var points: [Point]
        var label: String
        var labelPoint: Point?
        var isBack: Bool
    }

    private(set) var size = Size(columns: 0, rows: 0)
    private(set) var rects: [Rect] = []
    private(set) var routes: [Route] = []

    init(_ model: GraphModel, sizes: [Size], metrics: GraphMetrics) {
        guard !sizes.isEmpty else { return }
        let all = 0..<sizes.count
        var input = FlowInput(sizes: sizes, edges: [], start: model.start, metrics: metrics)
        var originals: [[Int]] = []
        var known: [FlowKey: Int] = [:]
        for (index, edge) in model.edges.enumerated() {
            guard all.contains(edge.from), all.contains(edge.to) else { continue }
            let key = FlowKey(from: edge.from, to: edge.to, isCaught: edge.kind == .caught)
            if let place = known[key] {
                originals[place].append(index)
                let label = input.edges[place].label
                let isNew = !edge.label.isEmpty && label != edge.label
                if isNew { input.edges[place].label = label.isEmpty ? edge.label : label + " / " + edge.label }
                continue
            }
            known[key] = originals.count
            originals.append([index])
            input.edges.append(.init(from: edge.from, to: edge.to, isCaught: key.isCaught, label: edge.label))
        }
        let plan = FlowPlan(input)
        size = plan.size
        rects = plan.rects
        routes.reserveCapacity(model.edges.count)
        for (place, indices) in originals.enumerated() {
            var route = plan.route(of: place)
            for index in indices {
                route.edge = index
                routes.append(route)
                route.label = ""
                route.labelPoint = nil
            }
        }
    }

    private struct FlowKey: Hashable {
        var from: Int
        var to: Int
        var isCaught: Bool
    }
}
