import Telemetry
import TelemetryStore
import Terminal

/// Who called whom, as a graph: nodes with how busy and well they are, edges with how often and how fast.
struct ServiceMapView: Sendable {
    private(set) var map: ServiceMap?
    private var layout: GraphLayout?
    private var zoom = GraphZoom.boxes
    private(set) var selected: String?
    private var offset = Point(column: 0, row: 0)
    private var frame = Rect(column: 0, row: 0, columns: 80, rows: 20)

    private static let noteWidth = 13

    mutating func take(_ map: ServiceMap) {
        self.map = map
        arrange()
    }

    mutating func lay(out rect: Rect) {
        guard frame != rect else { return }
        frame = rect
        arrange()
    }

    private var inside: Rect { frame.rows >= 3 ? Pane.inside(frame) : frame }

    /// The closest zoom at which all of it fits.
    private mutating func arrange() {
        guard let map, !map.nodes.isEmpty else { return }
        let model = Self.model(map)
        // Dots without names say little: what does not fit is moved to instead.
        let fitting = GraphLayout.fittingZoom(model, in: inside.size)
        zoom = fitting == .dots ? .names : fitting
        let arranged = GraphLayout(model, zoom: zoom)
        layout = arranged
        if selected.flatMap({ arranged.node($0) }) == nil { selected = arranged.nodes.first?.id }
        reveal()
    }

    private mutating func reveal() {
        guard let layout, let selected else { return }
        offset = layout.bounded(layout.offset(showing: selected, in: inside.size, from: offset), in: inside.size)
    }

    private static func model(_ map: ServiceMap) -> GraphModel {
        let nodes = map.nodes.map { GraphNode(id: $0.id, label: $0.name, noteWidth: noteWidth) }
        let edges = map.edges.map { edge in
            GraphEdge(
                from: edge.from, to: edge.to, kind: edge.measure.failureRate ?? 0 > 0 ? .caught : .normal,
                label: edge.measure.label)
        }
        let start = map.nodes.firstIndex { $0.kind == .client }
        return GraphModel(nodes: nodes, edges: edges, start: start ?? (nodes.isEmpty ? nil : 0))
    }

    mutating func move(_ direction: GraphDirection) {
        guard let layout, let here = selected, let next = layout.neighbour(of: here, direction) else { return }
        selected = next
        reveal()
    }

    /// - Returns: whether a node is there.
    mutating func select(at point: Point) -> Bool {
        let place = Point(
            column: point.column - inside.column + offset.column, row: point.row - inside.row + offset.row)
        guard inside.contains(point), let node = layout?.node(at: place) else { return false }
        selected = node.id
        return true
    }

    var selectedNode: ServiceMap.Node? { map?.nodes.first { $0.id == selected } }

    var selectedRoute: Route? {
        guard let node = selectedNode else { return nil }
        switch node.kind {
        case .function: return .function(node.name, .overview)
        case .machine: return .executions(machine: nil)
        case .api: return .apis(api: node.name)
        case .table: return .table(node.name, .overview)
        case .client, .service: return nil
        }
    }

    func draw(on canvas: inout Canvas, in rect: Rect) {
        let place = canvas.pane(rect, title: "Service map", note: note, isFocused: false)
        guard let map else { return canvas.drawNote(["waiting for the first traces"], in: place) }
        guard let layout, !map.nodes.isEmpty else {
            return canvas.drawNote(["no trace began in this window", "t looks at a longer time"], in: place)
        }
        GraphPicture(layout, look: ServiceMapLook(map: map), offset: offset, selection: selected)
            .draw(on: &canvas, in: place)
        drawSelected(map, on: &canvas, in: place)
    }

    private var note: [Run] {
        guard let map else { return [] }
        let part =
            map.isPartial ? "the newest \(Format.count(map.traces)) traces" : "\(Format.count(map.traces)) traces"
        return [Run("\(part) · requests, failures, p95 · v list", .dim)]
    }

    /// The selected node's numbers, in the last row.
    private func drawSelected(_ map: ServiceMap, on canvas: inout Canvas, in place: Rect) {
        guard place.rows >= 6, let node = selectedNode else { return }
        let line = place.line(place.rows - 1)
        canvas.fill(line, Style(.text, on: .bar))
        let latency = node.measure.latency
        let runs = [
            Run(" \(node.kind.word) ", .dim), Run("\(node.name)  ", .strong, .bold),
            Run("\(Format.count(node.measure.count)) requests  ", .text),
            Run("\(Format.percent(node.measure.failureRate)) failed  ", node.measure.failed > 0 ? .error : .dim),
            Run("p50 \(latency?.p50.text ?? Format.none)  p95 \(latency?.p95.text ?? Format.none)  ", .text),
            Run("p99 \(latency?.p99.text ?? Format.none)", .text),
        ]
        canvas.draw(runs, at: line.origin, limit: line.columns, on: .bar)
    }
}

/// How the nodes and edges of a map look.
struct ServiceMapLook: GraphLook {
    let map: ServiceMap

    func look(of node: GraphLayout.PlacedNode) -> GraphNodeLook {
        guard let shown = map.nodes.first(where: { $0.id == node.id }) else { return GraphNodeLook() }
        let role: Role = shown.measure.faults > 0 ? .error : shown.measure.failed > 0 ? .warn : .ok
        var look = GraphNodeLook(
            glyph: shown.kind.glyph, glyphStyle: Style(role), nameStyle: Style(.strong), borderStyle: Style(role))
        let latency = StyledText(shown.measure.latency?.p95.text ?? "", .dim)
        let failures = shown.measure.failed > 0 ? "\(Format.percent(shown.measure.failureRate)) " : ""
        look.note = StyledText(failures, .error) + latency
        look.shortNote = latency
        return look
    }

    func look(of edge: GraphLayout.PlacedEdge, in layout: GraphLayout) -> GraphEdgeLook {
        edge.kind == .caught
            ? GraphEdgeLook(style: Style(.error), rank: 2) : GraphEdgeLook(style: Style(.ok), rank: 1)
    }
}

extension ServiceMap.Node {
    /// Names of different kinds may be the same.
    var id: String { "\(kind.rawValue):\(name)" }
}

extension ServiceMap.Node.Kind {
    var word: String {
        switch self {
        case .client: "clients"
        case .api: "API"
        case .function: "function"
        case .machine: "state machine"
        case .table: "table"
        case .service: "service"
        }
    }

    var glyph: Glyph {
        switch self {
        case .client: .pending
        case .api: .arrowRight
        case .function: .triangleRight
        case .machine: .choice
        case .table: .square
        case .service: .running
        }
    }
}

extension ServiceMap.Measure {
    var failed: Int { errors + throttles + faults }

    /// `128  4.2 %  31 ms`
    var label: String {
        var parts = [Format.count(count)]
        if failed > 0 { parts.append(Format.percent(failureRate)) }
        if let latency { parts.append(latency.p95.text) }
        return parts.joined(separator: "  ")
    }
}
