import JSON
import Telemetry

/// Adds up who called whom, trace after trace.
struct ServiceMapBuilder {
    private struct NodeKey: Hashable {
        var kind: ServiceMap.Node.Kind
        var name: String
    }

    private struct EdgeKey: Hashable {
        var from: Int
        var to: Int
    }

    private struct Tally {
        var measure = ServiceMap.Measure()
        var durations: [UInt32] = []

        /// - Parameter duration: `nil` while it goes on.
        mutating func add(_ status: Trace.Status, _ duration: Microseconds?) {
            measure.count += 1
            switch status {
            case .ok, .running: break
            case .error: measure.errors += 1
            case .throttled: measure.throttles += 1
            case .fault: measure.faults += 1
            }
            guard let duration else { return }
            measure.total = measure.total + duration
            durations.append(duration.compact)
        }

        var result: ServiceMap.Measure {
            var measure = measure
            measure.latency = Percentiles(durations)
            return measure
        }
    }

    /// Names beyond this are an attack, not an application.
    private static let mostNodes = 500

    private var places: [NodeKey: Int] = [:]
    private var nodes: [ServiceMap.Node] = []
    private var nodeTallies: [Tally] = []
    private var edges: [EdgeKey: Tally] = [:]
    private(set) var traces = 0

    mutating func add(_ trace: Trace) {
        traces += 1
        /// The node of each span: its own, or that of what is around it.
        var owners: [Int?] = []
        for (place, span) in trace.spans.enumerated() {
            let cause = span.parent.flatMap { owners[$0] }
            let hasChild = trace.spans.indices.contains(place + 1) && trace.spans[place + 1].parent == place
            guard let key = Self.node(of: span, hasChild: hasChild), let node = self.place(of: key) else {
                owners.append(cause)
                continue
            }
            owners.append(node)
            let duration = span.end.map { max($0 - span.start, .zero) }
            nodeTallies[node].add(span.status, duration)
            guard let from = cause ?? (span.isOrphan ? nil : self.place(of: NodeKey(kind: .client, name: "clients")))
            else { continue }
            // A client has no spans of its own.
            if cause == nil { nodeTallies[from].add(span.status, duration) }
            guard from != node else { continue }
            edges[EdgeKey(from: from, to: node), default: Tally()].add(span.status, duration)
        }
    }

    private mutating func place(of key: NodeKey) -> Int? {
        if let place = places[key] { return place }
        guard nodes.count < Self.mostNodes else { return nil }
        places[key] = nodes.count
        nodes.append(ServiceMap.Node(kind: key.kind, name: key.name))
        nodeTallies.append(Tally())
        return nodes.count - 1
    }

    /// `nil` for what is a part of something else, or only the way to it.
    private static func node(of span: Trace.Span, hasChild: Bool) -> NodeKey? {
        switch span.kind {
        case .api: return NodeKey(kind: .api, name: span.name)
        case .function: return NodeKey(kind: .function, name: span.name)
        case .execution: return NodeKey(kind: .machine, name: span.name)
        case .state, .attempt: return nil
        case .call:
            if case .table(let name) = span.reference { return NodeKey(kind: .table, name: name) }
            // What it led to has a node of its own.
            guard !hasChild else { return nil }
            let words = span.name.split(separator: " ").first.map(String.init) ?? span.name
            if words == "lambda", !span.detail.isEmpty { return NodeKey(kind: .function, name: span.detail) }
            return NodeKey(kind: .service, name: words)
        case .segment:
            guard span.document?["type"]?.string != "subsegment", span.parentID.isEmpty || span.parent == nil else {
                return nil
            }
            return NodeKey(kind: .service, name: span.name)
        }
    }

    func map(_ window: TimeWindow) -> ServiceMap {
        var map = ServiceMap(window: window)
        map.traces = traces
        map.nodes = zip(nodes, nodeTallies).map { node, tally in
            var node = node
            node.measure = tally.result
            return node
        }
        map.edges = edges.sorted { ($0.key.from, $0.key.to) < ($1.key.from, $1.key.to) }.map { key, tally in
            var edge = ServiceMap.Edge(from: key.from, to: key.to)
            edge.measure = tally.result
            return edge
        }
        return map
    }
}
