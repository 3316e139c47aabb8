import AWSCore

extension ExpressionParser {
    mutating func update() throws(ServiceError) -> Update {
        var update = Update()
        var seen: Set<String> = []
        while current.kind != .end {
            guard case .word(let word) = current.kind else { throw syntaxError() }
            let clause = word.uppercased()
            guard ["SET", "REMOVE", "ADD", "DELETE"].contains(clause) else { throw syntaxError() }
            guard seen.insert(clause).inserted else {
                throw .validation(
                    "Invalid \(kind): The \"\(clause)\" section can only be used once in an update expression;")
            }
            advance()
            repeat { update.actions.append(try action(clause)) } while takeSymbol(",")
        }
        guard !update.actions.isEmpty else { throw syntaxError() }
        try checkOverlaps(update)
        return update
    }

    private mutating func action(_ clause: String) throws(ServiceError) -> (path: DocumentPath, action: Update.Action) {
        let path = try path()
        switch clause {
        case "SET":
            try expectSymbol("=")
            return (path, .set(try setValue()))
        case "REMOVE": return (path, .remove)
        case "ADD":
            let value = try value()
            guard ["N", "SS", "NS", "BS"].contains(value.kind) else { throw wrongType("ADD", value) }
            return (path, .add(value))
        default:
            let value = try value()
            guard ["SS", "NS", "BS"].contains(value.kind) else { throw wrongType("DELETE", value) }
            return (path, .delete(value))
        }
    }

    private func wrongType(_ clause: String, _ value: AttributeValue) -> ServiceError {
        let names = ["S": "STRING", "N": "NUMBER", "B": "BINARY", "BOOL": "BOOLEAN", "L": "LIST", "M": "MAP"]
        return invalid(
            "Incorrect operand type for operator or function; operator: \(clause), operand type: "
                + (names[value.kind] ?? value.kind))
    }

    private mutating func setValue() throws(ServiceError) -> Operand {
        let left = try setOperand()
        guard current.kind == .symbol("+") || current.kind == .symbol("-") else { return left }
        let sign = current.text
        advance()
        let right = try setOperand()
        try check([left, right], sign) { $0 == "N" }
        return sign == "+" ? .plus(left, right) : .minus(left, right)
    }

    private mutating func setOperand() throws(ServiceError) -> Operand {
        if takeSymbol("(") {
            let inner = try nested { parser throws(ServiceError) in try parser.setValue() }
            try expectSymbol(")")
            return inner
        }
        guard let function = try takeFunction(["if_not_exists", "list_append"]) else { return try operand() }
        var operands: [Operand] = []
        repeat {
            operands.append(try nested { parser throws(ServiceError) in try parser.setOperand() })
        } while takeSymbol(",")
        try expectSymbol(")")
        guard operands.count == 2 else { throw wrongCount(function, operands.count) }
        guard function == "if_not_exists" else {
            try check(operands, function) { $0 == "L" }
            return .append(operands[0], operands[1])
        }
        guard case .path(let path) = operands[0] else { throw needsPath(function) }
        return .ifNotExists(path, operands[1])
    }

    /// - Throws: when a literal value is of a type that the operator does not take.
    private func check(
        _ operands: [Operand], _ name: String, _ isAllowed: (String) -> Bool
    ) throws(ServiceError) {
        for case .value(let value) in operands where !isAllowed(value.kind) { throw wrongOperand(name, value.kind) }
    }

    private func checkOverlaps(_ update: Update) throws(ServiceError) {
        try checkPaths(update.actions.map(\.path))
    }

    private func checkPaths(_ paths: [DocumentPath]) throws(ServiceError) {
        var byRoot: [String: [DocumentPath]] = [:]
        for second in paths {
            for first in byRoot[second.root] ?? [] {
                let problem = first.overlaps(second) ? "overlap" : first.conflicts(with: second) ? "conflict" : nil
                guard let problem else { continue }
                throw invalid(
                    "Two document paths \(problem) with each other; must remove or rewrite one of these paths; "
                        + "path one: \(first.text), path two: \(second.text)")
            }
            byRoot[second.root, default: []].append(second)
        }
    }

    mutating func projection() throws(ServiceError) -> [DocumentPath] {
        var paths = [try path()]
        while takeSymbol(",") { paths.append(try path()) }
        try expectEnd()
        try checkPaths(paths)
        return paths
    }
}
