import JSON
import StatesLanguage

/// Which states of a definition use which variables, as `DescribeStateMachine` tells it: those that a field of the state reads,
/// where the state does not take the value from anywhere else.
enum VariableReferences {
    private static let deepest = 200
    /// Not variables: JSONata's own, and what Step Functions puts in.
    private static let reserved: Set<String> = ["states"]

    /// - Returns: `nil` when no state uses one.
    static func json(_ definition: StateMachineDefinition) -> JSON? {
        var found: [String: Set<String>] = [:]
        let language = definition.source["QueryLanguage"]?.string ?? "JSONPath"
        visit(definition.source, language, &found, depth: 0)
        guard !found.isEmpty else { return nil }
        return .object(
            JSONObject(
                found.sorted { $0.key < $1.key }.map { ($0.key, .array($0.value.sorted().map(JSON.string))) }))
    }

    private static func visit(_ flow: JSON, _ language: String, _ found: inout [String: Set<String>], depth: Int) {
        guard depth < deepest, let states = flow["States"]?.object else { return }
        for (name, state) in states {
            let language = state["QueryLanguage"]?.string ?? language
            var names: Set<String> = []
            for (field, value) in state.object ?? JSONObject() {
                switch field {
                case "ItemProcessor", "Iterator": visit(value, language, &found, depth: depth + 1)
                case "Branches":
                    for branch in value.array ?? [] { visit(branch, language, &found, depth: depth + 1) }
                case "Comment", "Type", "Next", "Default", "Resource", "Result", "QueryLanguage", "Label": break
                default: collect(value, isExpression: isPath(field), language, &names, depth: depth)
                }
            }
            if !names.isEmpty { found[name, default: []].formUnion(names) }
        }
    }

    /// Whether a field of a JSONPath state holds a path or an intrinsic function.
    private static func isPath(_ field: String) -> Bool {
        field.hasSuffix(".$") || field.hasSuffix("Path") || field == "Variable"
    }

    private static func collect(
        _ value: JSON, isExpression: Bool, _ language: String, _ names: inout Set<String>, depth: Int
    ) {
        guard depth < deepest else { return }
        switch value {
        case .string(let text):
            if language == "JSONata" {
                guard text.hasPrefix("{%"), text.hasSuffix("%}") else { return }
                names.formUnion(variables(text, isJSONata: true))
            } else if isExpression {
                names.formUnion(variables(text, isJSONata: false))
            }
        case .array(let values):
            for value in values {
                collect(value, isExpression: isExpression, language, &names, depth: depth + 1)
            }
        case .object(let object):
            for (field, value) in object {
                collect(value, isExpression: isPath(field), language, &names, depth: depth + 1)
            }
        default: break
        }
    }

    /// The names behind `$` that are neither functions nor bound in the expression itself.
    static func variables(_ text: String, isJSONata: Bool) -> Set<String> {
        let bytes = Array(text.utf8)
        var names: Set<String> = []
        var bound: Set<String> = []
        var quote: UInt8?
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if let open = quote {
                if byte == UInt8(ascii: "\\") { index += 1 } else if byte == open { quote = nil }
                continue
            }
            if byte == UInt8(ascii: "'") || (isJSONata && byte == UInt8(ascii: "\"")) {
                quote = byte
                continue
            }
            guard byte == UInt8(ascii: "$") else { continue }
            if index < bytes.count, bytes[index] == UInt8(ascii: "$") {
                index += 1
                continue
            }
            let start = index
            while index < bytes.count, isWord(bytes[index]) { index += 1 }
            guard index > start, !isDigit(bytes[start]) else { continue }
            let name = String(decoding: bytes[start..<index], as: UTF8.self)
            var next = index
            while next < bytes.count, bytes[next] == 0x20 { next += 1 }
            let following = next < bytes.count ? bytes[next] : 0
            if following == UInt8(ascii: "(") { continue }
            if following == UInt8(ascii: ":"), next + 1 < bytes.count, bytes[next + 1] == UInt8(ascii: "=") {
                bound.insert(name)
            }
            names.insert(name)
        }
        return names.subtracting(bound).subtracting(reserved)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || isDigit(byte) || byte == UInt8(ascii: "_")
            || byte >= 0x80
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
