extension Library {
    static let logic = [
        Builtin("boolean", 1, "<x-:b>", boolean),
        Builtin("not", 1, "<x-:b>", not),
        Builtin("exists", 1, "<x:b>", exists),
        Builtin("type", 1, "<x:s>", type),
        Builtin("error", 1, "<s?:x>", error),
        Builtin("assert", 2, "<bs?:x>", assert),
    ]

    static func boolean(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        arguments[0].isUndefined ? .undefined : .bool(arguments[0].isTrue)
    }

    static func not(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        arguments[0].isUndefined ? .undefined : .bool(!arguments[0].isTrue)
    }

    static func exists(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        .bool(!arguments[0].isUndefined)
    }

    static func type(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        switch arguments[0] {
        case .undefined: .undefined
        case .null: .string("null")
        case .bool: .string("boolean")
        case .number, .exact: .string("number")
        case .string: .string("string")
        case .array, .list: .string("array")
        case .object, .record, .tuple: .string("object")
        case .function: .string("function")
        }
    }

    static func error(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        let message = arguments[0].string ?? ""
        throw JSONataError("D3137", message.isEmpty ? "$error() function evaluated" : message)
    }

    static func assert(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        if arguments[0].isTrue { return .undefined }
        let message = arguments[1].string ?? ""
        throw JSONataError("D3141", message.isEmpty ? "$assert() statement failed" : message)
    }

    /// Reads and evaluates an expression with the variables of the outermost level.
    static func evaluateText(
        _ evaluator: Evaluator, _ arguments: Arguments, _ input: Value
    ) throws(JSONataError) -> Value {
        guard let text = arguments[0].string else { return .undefined }
        try evaluator.spend(text.utf8.count)
        let program: Program
        do throws(JSONataError) {
            program = try Program.compile(text, symbols: evaluator.symbols)
        } catch {
            throw JSONataError(
                "D3120", "Syntax error in expression passed to function eval: \(error.message)")
        }
        evaluator.add(program)
        do throws(JSONataError) {
            return try evaluator.evaluate(program.body, context(arguments[1], input), nil)
        } catch {
            guard error.code != "U1001" else { throw error }
            throw JSONataError(
                "D3121", "Dynamic error evaluating the expression passed to function eval: \(error.message)")
        }
    }

    private static func context(_ focus: Value, _ input: Value) -> Value {
        guard !focus.isUndefined else { return input }
        guard focus.isArray, focus.list?.isSequence != true else { return focus }
        let wrapper = List.sequence([focus])
        wrapper.isWrapper = true
        return .list(wrapper)
    }
}
