/// Which edges lead back, and the layer of each node: every other edge leads down.
struct Layering {
    private(set) var layers: [Int]
    private(set) var isBack: [Bool]
    /// Forward edges from earlier to later nodes.
    private(set) var order: [Int] = []

    /// - Parameter outgoing: the edges of each node, the most important first.
    init(nodeCount: Int, start: Int?, ends: [(from: Int, to: Int)], outgoing: [[Int]]) {
        layers = Array(repeating: 0, count: nodeCount)
        isBack = ends.map { $0.from == $0.to }
        walk(nodeCount: nodeCount, start: start, ends: ends, outgoing: outgoing)
        sink(ends, outgoing)
        tighten(start: start, ends, outgoing)
    }

    /// Depth first from the start; an edge to a node that the walk is still inside of leads back.
    private mutating func walk(nodeCount: Int, start: Int?, ends: [(from: Int, to: Int)], outgoing: [[Int]]) {
        var hasIncoming = Array(repeating: false, count: nodeCount)
        for end in ends where end.from != end.to { hasIncoming[end.to] = true }
        let all = 0..<nodeCount
        let roots = (start.map { [$0] } ?? []) + all.filter { !hasIncoming[$0] } + all
        var isSeen = Array(repeating: false, count: nodeCount)
        var isOpen = isSeen
        for root in roots where !isSeen[root] {
            var stack: [(node: Int, next: Int)] = [(root, 0)]
            isSeen[root] = true
            isOpen[root] = true
            while let top = stack.last {
                guard top.next < outgoing[top.node].count else {
                    isOpen[top.node] = false
                    order.append(top.node)
                    stack.removeLast()
                    continue
                }
                stack[stack.count - 1].next += 1
                let edge = outgoing[top.node][top.next]
                let to = ends[edge].to
                if isOpen[to] {
                    isBack[edge] = true
                } else if !isSeen[to] {
                    isSeen[to] = true
                    isOpen[to] = true
                    stack.append((to, 0))
                }
            }
        }
        order.reverse()
    }

    /// Each node as high as what leads to it allows.
    private mutating func sink(_ ends: [(from: Int, to: Int)], _ outgoing: [[Int]]) {
        for node in order {
            for edge in outgoing[node] where !isBack[edge] {
                layers[ends[edge].to] = max(layers[ends[edge].to], layers[node] + 1)
            }
        }
    }

    /// Moves nodes down where that makes more edges shorter than longer.
    private mutating func tighten(start: Int?, _ ends: [(from: Int, to: Int)], _ outgoing: [[Int]]) {
        var incoming = Array(repeating: 0, count: layers.count)
        for (edge, end) in ends.enumerated() where !isBack[edge] { incoming[end.to] += 1 }
        for node in order.reversed() where node != start {
            let below = outgoing[node].filter { !isBack[$0] }.map { layers[ends[$0].to] }
            guard let nearest = below.min(), below.count > incoming[node], nearest - 1 > layers[node] else { continue }
            layers[node] = nearest - 1
        }
    }

    var count: Int { (layers.max() ?? -1) + 1 }
}
