/// How much of each node is drawn.
package enum GraphZoom: String, CaseIterable, Hashable, Sendable {
    case boxes, names, dots

    package var closer: GraphZoom { self == .dots ? .names : .boxes }
    package var farther: GraphZoom { self == .boxes ? .names : .dots }
}

/// The distances of one zoom level, in cells.
struct GraphMetrics: Hashable {
    let zoom: GraphZoom
    /// Between neighbours of a layer.
    let columnGap: Int
    /// Between two layers, at least.
    let rowGap: Int
    /// The longest label; longer ones are cut.
    let labelWidth: Int
    let edgeLabelWidth: Int

    init(_ zoom: GraphZoom) {
        self.zoom = zoom
        columnGap = zoom == .dots ? 1 : 2
        rowGap = zoom == .boxes ? 0 : 1
        labelWidth = zoom == .boxes ? 32 : 28
        edgeLabelWidth = zoom == .dots ? 0 : 24
    }

    /// Of a node that contains nothing.
    func size(of node: GraphNode) -> Size {
        let label = min(Text.width(node.label), labelWidth)
        switch zoom {
        case .boxes: return Size(columns: label + 6 + node.noteWidth, rows: 3)
        case .names: return Size(columns: label + 2, rows: 1)
        case .dots: return Size(columns: 1, rows: 1)
        }
    }

    /// Inside of a container's border, before its contents.
    func margin(of node: GraphNode) -> (columns: Int, top: Int, bottom: Int) {
        let strip = node.kind == .iteratedContainer && zoom != .dots ? 1 : 0
        return (columns: zoom == .dots ? 1 : 2, top: 1 + strip, bottom: 1)
    }

    /// The least width of a container, so that its title can be read.
    func titleWidth(of node: GraphNode) -> Int {
        guard zoom != .dots else { return 3 }
        let title = min(Text.width(node.label), labelWidth) + node.noteWidth + 8
        return node.kind == .iteratedContainer ? max(title, Self.stripWidth) : title
    }

    /// A bar of ten cells, and counts up to thousands of items behind it.
    private static let stripWidth = 26
}
