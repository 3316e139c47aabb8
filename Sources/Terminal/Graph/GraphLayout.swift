/// Where the nodes and edges of a graph are, in cells from the top left corner of the whole.
package struct GraphLayout: Hashable, Sendable {
    package let zoom: GraphZoom
    package let size: Size
    /// Containers come before what is in them.
    package let nodes: [PlacedNode]
    package let edges: [PlacedEdge]
    private let places: [String: Int]

    package struct PlacedNode: Hashable, Sendable {
        package var id: String
        package var label: String
        package var kind: GraphNode.Kind
        package var rect: Rect
        /// The container it is in, as a place in ``GraphLayout/nodes``.
        package var parent: Int?
    }

    package struct PlacedEdge: Hashable, Sendable {
        /// Places in ``GraphLayout/nodes``.
        package var from: Int
        package var to: Int
        package var kind: GraphEdge.Kind
        package var label: String
        /// The corners of an orthogonal line, from a cell of the source's border to one of the target's.
        package var points: [Point]
        /// Where the label begins.
        package var labelPoint: Point?
        /// Whether it leads back up.
        package var isBack: Bool
    }

    package init(_ model: GraphModel, zoom: GraphZoom = .boxes) {
        var builder = GraphLayoutBuilder(GraphMetrics(zoom))
        size = builder.place(model)
        self.zoom = zoom
        nodes = builder.nodes
        edges = builder.edges
        places = Dictionary(zip(builder.nodes.lazy.map(\.id), 0...), uniquingKeysWith: { first, _ in first })
    }

    /// The place of a node in ``nodes``.
    package func index(of id: String) -> Int? { places[id] }
    package func node(_ id: String) -> PlacedNode? { places[id].map { nodes[$0] } }
}

/// Lays out the graphs inside of containers first, then what they are in.
struct GraphLayoutBuilder {
    /// Deeper ones are drawn as plain nodes.
    static let deepest = 64

    let metrics: GraphMetrics
    private(set) var nodes: [GraphLayout.PlacedNode] = []
    private(set) var edges: [GraphLayout.PlacedEdge] = []

    init(_ metrics: GraphMetrics) {
        self.metrics = metrics
    }

    /// One graph, laid out but not yet put anywhere.
    private struct Piece {
        var model: GraphModel
        var flow: FlowLayout
        /// The pieces inside of each node.
        var children: [[Piece]]
    }

    mutating func place(_ model: GraphModel) -> Size {
        let piece = piece(of: model, level: 0)
        put(piece, at: Point(column: 0, row: 0), parent: nil)
        return piece.flow.size
    }

    private func piece(of model: GraphModel, level: Int) -> Piece {
        var children: [[Piece]] = []
        var sizes: [Size] = []
        for node in model.nodes {
            let inner =
                node.isContainer && level < Self.deepest
                ? node.children.map { self.piece(of: $0, level: level + 1) } : []
            children.append(inner)
            sizes.append(node.isContainer ? size(of: node, inner) : metrics.size(of: node))
        }
        return Piece(model: model, flow: FlowLayout(model, sizes: sizes, metrics: metrics), children: children)
    }

    private func size(of node: GraphNode, _ inner: [Piece]) -> Size {
        let margin = metrics.margin(of: node)
        let wide = inner.reduce(0) { $0 + $1.flow.size.columns } + max(inner.count - 1, 0) * branchGap
        let high = inner.map(\.flow.size.rows).max() ?? 0
        return Size(
            columns: max(wide + 2 * margin.columns, metrics.titleWidth(of: node)),
            rows: max(high, 1) + margin.top + margin.bottom)
    }

    private var branchGap: Int { metrics.zoom == .dots ? 1 : 3 }

    private mutating func put(_ piece: Piece, at origin: Point, parent: Int?) {
        let first = nodes.count
        var numbers: [Int] = []
        numbers.reserveCapacity(piece.model.nodes.count)
        for (index, node) in piece.model.nodes.enumerated() {
            numbers.append(nodes.count)
            let rect = piece.flow.rects[index].moved(by: origin)
            nodes.append(.init(id: node.id, label: node.label, kind: node.kind, rect: rect, parent: parent))
            put(piece.children[index], inside: rect, of: node, parent: nodes.count - 1)
        }
        guard first < nodes.count else { return }
        for route in piece.flow.routes {
            let edge = piece.model.edges[route.edge]
            edges.append(
                .init(
                    from: numbers[edge.from], to: numbers[edge.to], kind: edge.kind, label: route.label,
                    points: route.points.map { $0.moved(by: origin) },
                    labelPoint: route.labelPoint?.moved(by: origin), isBack: route.isBack))
        }
    }

    private mutating func put(_ children: [Piece], inside rect: Rect, of node: GraphNode, parent: Int) {
        let margin = metrics.margin(of: node)
        let wide = children.reduce(0) { $0 + $1.flow.size.columns } + max(children.count - 1, 0) * branchGap
        var column = rect.column + (rect.columns - wide) / 2
        for child in children {
            put(child, at: Point(column: column, row: rect.row + margin.top), parent: parent)
            column += child.flow.size.columns + branchGap
        }
    }
}

extension Rect {
    func moved(by offset: Point) -> Rect {
        Rect(column: column + offset.column, row: row + offset.row, columns: columns, rows: rows)
    }
}

extension Point {
    func moved(by offset: Point) -> Point {
        Point(column: column + offset.column, row: row + offset.row)
    }
}
