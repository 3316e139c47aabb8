import AWSCore
import Telemetry

/// The rule of a composite alarm: `ALARM("a") AND NOT (OK(b) OR TRUE)`.
struct AlarmRule: Hashable, Sendable {
    /// As it was written.
    let text: String
    private let node: Node

    private indirect enum Node: Hashable, Sendable {
        case constant(Bool)
        case state(AlarmDescription.State, of: String)
        case not(Node)
        case both(Node, Node)
        case either(Node, Node)
    }

    static let longest = 10_240
    private static let mostElements = 500
    private static let mostChildren = 100
    private static let deepest = 100

    init(_ text: String) throws(ServiceError) {
        guard (1...Self.longest).contains(text.utf8.count) else {
            throw Self.invalid("it must have 1 to \(Self.longest) characters")
        }
        self.text = text
        var parser = Parser(text)
        node = try parser.either(0)
        try parser.end()
        guard children.count <= Self.mostChildren else {
            throw Self.invalid("it has more than \(Self.mostChildren) alarms")
        }
    }

    fileprivate static func invalid(_ why: String) -> ServiceError {
        ServiceError("ValidationError", "Invalid AlarmRule: \(why).")
    }

    /// The names of the alarms that it is about, each once, in their order.
    var children: [String] {
        var names: [String] = []
        func collect(_ node: Node) {
            switch node {
            case .constant: break
            case .state(_, let name): if !names.contains(name) { names.append(name) }
            case .not(let inner): collect(inner)
            case .both(let left, let right), .either(let left, let right):
                collect(left)
                collect(right)
            }
        }
        collect(node)
        return names
    }

    /// - Parameter state: of an alarm by name; an alarm that is gone is in no state.
    func isTrue(_ state: (String) -> AlarmDescription.State?) -> Bool { Self.isTrue(node, state) }

    private static func isTrue(_ node: Node, _ state: (String) -> AlarmDescription.State?) -> Bool {
        switch node {
        case .constant(let value): value
        case .state(let wanted, let name): state(name) == wanted
        case .not(let inner): !isTrue(inner, state)
        case .both(let left, let right): isTrue(left, state) && isTrue(right, state)
        case .either(let left, let right): isTrue(left, state) || isTrue(right, state)
        }
    }

    private struct Parser {
        private var rest: Substring
        private var elements = 0

        init(_ text: String) { rest = Substring(text) }

        mutating func either(_ depth: Int) throws(ServiceError) -> Node {
            var left = try both(depth)
            while take(word: "OR") { left = .either(left, try both(depth)) }
            return left
        }

        private mutating func both(_ depth: Int) throws(ServiceError) -> Node {
            var left = try one(depth)
            while take(word: "AND") { left = .both(left, try one(depth)) }
            return left
        }

        private mutating func one(_ depth: Int) throws(ServiceError) -> Node {
            guard depth < AlarmRule.deepest else { throw AlarmRule.invalid("it nests too deep") }
            elements += 1
            guard elements <= AlarmRule.mostElements else {
                throw AlarmRule.invalid("it has more than \(AlarmRule.mostElements) elements")
            }
            if take(word: "NOT") { return .not(try one(depth + 1)) }
            if take("(") {
                let inner = try either(depth + 1)
                guard take(")") else { throw AlarmRule.invalid("a parenthesis does not close before \(here)") }
                return inner
            }
            if take(word: "TRUE") { return .constant(true) }
            if take(word: "FALSE") { return .constant(false) }
            for state in AlarmDescription.State.allCases where take(word: state.rawValue) {
                return .state(state, of: try name())
            }
            throw AlarmRule.invalid("\(here) is not expected")
        }

        /// `("name")` or `(name)`; of an ARN the name at its end.
        private mutating func name() throws(ServiceError) -> String {
            guard take("(") else {
                throw AlarmRule.invalid("the alarm's name in parentheses is missing before \(here)")
            }
            skip()
            let isQuoted = rest.first == "\""
            if isQuoted { rest.removeFirst() }
            let text = rest.prefix { $0 != (isQuoted ? "\"" : ")") }
            rest = rest[text.endIndex...]
            if isQuoted, rest.first == "\"" { rest.removeFirst() }
            guard take(")") else { throw AlarmRule.invalid("a parenthesis does not close before \(here)") }
            let name = isQuoted ? String(text) : text.split(separator: " ").joined(separator: " ")
            guard !name.isEmpty else { throw AlarmRule.invalid("an alarm has no name") }
            guard let arn = ARN(name), arn.resource.hasPrefix("alarm:") else { return name }
            return String(arn.resource.dropFirst("alarm:".count))
        }

        mutating func end() throws(ServiceError) {
            skip()
            guard rest.isEmpty else { throw AlarmRule.invalid("\(here) is not expected") }
        }

        private var here: String { rest.isEmpty ? "the end" : "'\(rest.prefix(20))'" }

        private mutating func skip() { rest = rest.drop { $0.isWhitespace } }

        private mutating func take(_ symbol: Character) -> Bool {
            skip()
            guard rest.first == symbol else { return false }
            rest.removeFirst()
            return true
        }

        /// A whole word: `ORDER` does not begin with `OR`.
        private mutating func take(word: String) -> Bool {
            skip()
            let next = rest.prefix { $0.isLetter || $0 == "_" }
            guard next == word else { return false }
            rest = rest[next.endIndex...]
            return true
        }
    }
}
