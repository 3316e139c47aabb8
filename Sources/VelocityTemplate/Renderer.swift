/// Runs a template.
struct Renderer {
    private var variables: [String: VelocityValue]
    private var steps = 0
    var depth = 0

    init(globals: [String: VelocityValue]) { variables = globals }

    /// How a list of nodes ended.
    enum Outcome {
        case finished
        /// `#break`
        case left
        /// `#stop`
        case stopped
    }

    mutating func run(_ nodes: [Node], into output: inout [UInt8]) throws(VelocityError) -> Outcome {
        depth += 1
        defer { depth -= 1 }
        for node in nodes {
            try count()
            switch node {
            case .text(let text): output += text
            case .reference(let reference): try write(reference, into: &output)
            case .set(let target, let value): try assign(target, try evaluate(value))
            case .condition(let branches):
                let outcome = try run(branches, into: &output)
                guard outcome == .finished else { return outcome }
            case .loop(let variable, let list, let body):
                if try loop(variable, try evaluate(list), body, into: &output) == .stopped { return .stopped }
            case .leave: return .left
            case .stop: return .stopped
            }
            guard output.count <= Limits.text else {
                throw VelocityError("the template writes more than \(Limits.text) bytes")
            }
        }
        return .finished
    }

    mutating func count() throws(VelocityError) {
        steps += 1
        guard depth <= Limits.depth * 2 else { throw VelocityError("the template nests too deep") }
        guard steps <= Limits.steps else { throw VelocityError("the template takes more than \(Limits.steps) steps") }
    }

    private mutating func run(_ branches: [Branch], into output: inout [UInt8]) throws(VelocityError) -> Outcome {
        for branch in branches {
            if let condition = branch.condition, !(try evaluate(condition)).isTrue { continue }
            return try run(branch.body, into: &output)
        }
        return .finished
    }

    private mutating func write(_ reference: Reference, into output: inout [UInt8]) throws(VelocityError) {
        let value = try self.value(of: reference)
        let isKnown = variables[reference.name] != nil
        if reference.isEscaped {
            output += value.isNull ? [UInt8(ascii: "\\")] + reference.source : reference.source
        } else if !value.isNull {
            output += value.text.utf8
        } else if !reference.isQuiet, !isKnown {
            output += reference.source
        }
    }

    private mutating func loop(
        _ variable: String, _ list: VelocityValue, _ body: [Node], into output: inout [UInt8]
    ) throws(VelocityError) -> Outcome {
        let elements: [VelocityValue]
        switch list {
        case .list(let list): elements = list.elements
        case .map(let map): elements = map.values
        default: return .finished
        }
        let outer = (variables[variable], variables["foreach"], variables["velocityCount"])
        defer { (variables[variable], variables["foreach"], variables["velocityCount"]) = outer }
        let count = min(elements.count, Limits.turns)
        for (index, element) in elements.prefix(count).enumerated() {
            variables[variable] = element
            variables["velocityCount"] = .integer(index + 1)
            variables["foreach"] = .object(LoopState(index: index, count: count, parent: outer.1))
            switch try run(body, into: &output) {
            case .finished: break
            case .left: return .finished
            case .stopped: return .stopped
            }
        }
        return .finished
    }

    private mutating func assign(_ target: Reference, _ value: VelocityValue) throws(VelocityError) {
        guard let last = target.steps.last else {
            variables[target.name] = value
            return
        }
        var container = target
        container.steps.removeLast()
        switch (try self.value(of: container), last) {
        case (.map(let map), .property(let name)): map[name] = value
        case (.map(let map), .index(let key)): map[try evaluate(key).text] = value
        case (.list(let list), .index(let place)):
            guard case .integer(let index) = try evaluate(place), list.elements.indices.contains(index) else { return }
            list.elements[index] = value
        default:
            throw VelocityError("#set cannot change \(String(decoding: target.source, as: UTF8.self))")
        }
    }

    func variable(_ name: String) -> VelocityValue? { variables[name] }
}

/// `$foreach`
private struct LoopState: VelocityObject {
    let index: Int
    let count: Int
    let parent: VelocityValue?

    func property(_ name: String) -> VelocityValue? {
        switch name {
        case "index": .integer(index)
        case "count": .integer(index + 1)
        case "hasNext": .bool(index + 1 < count)
        case "first": .bool(index == 0)
        case "last": .bool(index + 1 == count)
        case "parent": parent
        default: nil
        }
    }

    func call(_ method: String, _ arguments: [VelocityValue]) -> VelocityValue? {
        switch method {
        case "getIndex": property("index")
        case "getCount": property("count")
        case "hasNext": property("hasNext")
        case "isFirst": property("first")
        case "isLast": property("last")
        default: nil
        }
    }

    var text: String { "" }
}
