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
        .validation(
            "Invalid \(kind): Incorrect operand type for operator or function; operator: \(clause), operand type: \(value.kind)"
        )
    }

    private mutating func setValue() throws(ServiceError) -> Operand {
        let left = try setOperand()
        if takeSymbol("+") { return .plus(left, try setOperand()) }
        if takeSymbol("-") { return .minus(left, try setOperand()) }
        return left
    }

    private mutating func setOperand() throws(ServiceError) -> Operand {
        if takeSymbol("(") {
            let inner = try nested { parser throws(ServiceError) in try parser.setValue() }
            try expectSymbol(")")
            return inner
        }
        guard let function = try takeFunction(["if_not_exists", "list_append"]) else { return try operand() }
        let result: Operand
        if function == "if_not_exists" {
            let path = try path()
            try expectSymbol(",")
            result = .ifNotExists(path, try nested { parser throws(ServiceError) in try parser.setValue() })
        } else {
            let left = try nested { parser throws(ServiceError) in try parser.setOperand() }
            try expectSymbol(",")
            result = .append(left, try nested { parser throws(ServiceError) in try parser.setOperand() })
        }
        try expectSymbol(")")
        return result
    }

    private func checkOverlaps(_ update: Update) throws(ServiceError) {
        for (index, first) in update.actions.enumerated() {
            for second in update.actions[(index + 1)...] where first.path.overlaps(second.path) {
                throw .validation(
                    "Invalid \(kind): Two document paths overlap with each other; must remove or rewrite one of these paths; "
                        + "path one: [\(first.path.text)], path two: [\(second.path.text)]")
            }
        }
    }

    mutating func projection() throws(ServiceError) -> [DocumentPath] {
        var paths = [try path()]
        while takeSymbol(",") { paths.append(try path()) }
        try expectEnd()
        return paths
    }
}
