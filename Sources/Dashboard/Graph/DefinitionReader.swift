import JSON
import Terminal

/// Makes graphs of what a definition names, without insisting on anything.
struct DefinitionReader {
    private(set) var types: [String: String] = [:]

    /// Deeper branches are not read.
    private static let deepest = 60
    /// Columns for `412 ms` and the like behind a name.
    private static let noteWidth = 8

    mutating func model(of flow: JSON, level: Int) -> GraphModel {
        let states = flow["States"]?.object ?? JSONObject()
        var model = GraphModel()
        var places: [String: Int] = [:]
        for (name, state) in states {
            places[name] = model.nodes.count
            model.nodes.append(node(name, state, level: level))
        }
        for (name, state) in states {
            guard let from = places[name] else { continue }
            for way in Self.ways(out: state) {
                let to = place(of: way.next, &places, &model)
                model.edges.append(GraphEdge(from: from, to: to, kind: way.kind, label: way.label))
            }
        }
        if let start = flow["StartAt"]?.string {
            model.start = place(of: start, &places, &model)
        } else if !model.nodes.isEmpty {
            model.start = 0
        }
        return model
    }

    private func place(of name: String, _ places: inout [String: Int], _ model: inout GraphModel) -> Int {
        if let place = places[name] { return place }
        places[name] = model.nodes.count
        model.nodes.append(GraphNode(id: name, label: name.isEmpty ? "?" : name, kind: .missing))
        return model.nodes.count - 1
    }

    private mutating func node(_ name: String, _ state: JSON, level: Int) -> GraphNode {
        let type = state["Type"]?.string ?? ""
        types[name] = type
        var node = GraphNode(id: name, label: name, noteWidth: Self.noteWidth(type, state))
        guard level < Self.deepest else { return node }
        if type == "Parallel", let branches = state["Branches"]?.array {
            node.kind = .container
            node.noteWidth = Self.noteWidth + type.count
            node.children = branches.map { model(of: $0, level: level + 1) }
        } else if type == "Map", let processor = state["ItemProcessor"] ?? state["Iterator"] {
            node.kind = .iteratedContainer
            node.noteWidth = Self.noteWidth + type.count
            node.children = [model(of: processor, level: level + 1)]
        }
        return node
    }

    /// With retries also for `↻2/3`.
    private static func noteWidth(_ type: String, _ state: JSON) -> Int {
        switch type {
        case "Task", "Wait", "Parallel", "Map": state["Retry"]?.array?.isEmpty == false ? noteWidth + 5 : noteWidth
        default: 0
        }
    }

    private struct Way {
        var next: String
        var kind: GraphEdge.Kind
        var label: String
    }

    private static func ways(out state: JSON) -> [Way] {
        var ways: [Way] = []
        for rule in state["Choices"]?.array ?? [] {
            guard let next = rule["Next"]?.string else { continue }
            ways.append(Way(next: next, kind: .choice, label: ConditionText.text(of: rule)))
        }
        if let next = state["Default"]?.string { ways.append(Way(next: next, kind: .otherwise, label: "default")) }
        if let next = state["Next"]?.string, state["Type"]?.string != "Choice" {
            ways.append(Way(next: next, kind: .normal, label: ""))
        }
        for catcher in state["Catch"]?.array ?? [] {
            guard let next = catcher["Next"]?.string else { continue }
            let errors = (catcher["ErrorEquals"]?.array ?? []).compactMap(\.string).filter { $0 != "States.ALL" }
            ways.append(Way(next: next, kind: .caught, label: errors.joined(separator: ", ")))
        }
        return ways
    }
}
