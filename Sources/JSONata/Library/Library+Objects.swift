extension Library {
    static let objects = [
        Builtin("keys", 1, "<x-:a<s>>", keys),
        Builtin("lookup", 2, "<x-s:x>", lookup),
        Builtin("spread", 1, "<x-:a<o>>", spread),
        Builtin("merge", 1, "<a<o>:o>", merge),
        Builtin("clone", 1, "<(oa)-:o>", clone),
    ]

    static func keys(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        guard let elements = arguments[0].elements else {
            return .list(List.sequence((arguments[0].keys ?? []).map(Value.string)))
        }
        var seen: Set<String> = []
        let result = List.sequence()
        for element in elements {
            let found = element.isArray ? try keys(evaluator, Arguments(values: [element]), input) : .undefined
            let names = found.isUndefined ? element.keys ?? [] : found.asElements.compactMap(\.string)
            try evaluator.spend(names.count)
            for name in names where seen.insert(name).inserted { result.append(.string(name)) }
        }
        return .list(result)
    }

    static func lookup(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        evaluator.lookup(arguments[1].string ?? "undefined", in: arguments[0])
    }

    static func spread(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        let value = arguments[0]
        if let elements = value.elements {
            let result = List.sequence()
            for element in elements {
                result.appendElements(try spread(evaluator, Arguments(values: [element]), input))
            }
            if !elements.isEmpty { result.isSequence = false }
            return .list(try result.sealed())
        }
        guard let keys = value.keys, let values = value.memberValues else {
            return value.function == nil ? value : .string("")
        }
        try evaluator.spend(keys.count)
        let result = List.sequence()
        for (key, member) in Swift.zip(keys, values) {
            let record = Record()
            record[key] = member
            result.append(.record(try record.sealed()))
        }
        return .list(try result.sealed())
    }

    static func merge(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        guard let elements = arguments[0].elements else { return .undefined }
        let result = Record()
        for element in elements {
            let (keys, values) = (element.keys ?? [], element.memberValues ?? [])
            try evaluator.spend(keys.count)
            for (key, value) in Swift.zip(keys, values) { result[key] = value }
        }
        return .record(try result.sealed())
    }

    static func clone(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        arguments[0].isUndefined ? .undefined : try evaluator.clone(arguments[0])
    }
}
