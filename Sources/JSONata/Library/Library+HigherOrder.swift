extension Library {
    static let higherOrder = [
        Builtin("map", 2, "<af>", map),
        Builtin("filter", 2, "<af>", filter),
        Builtin("single", 2, "<af?>", single),
        Builtin("reduce", 3, "<afj?:j>", reduce),
        Builtin("each", 2, "<o-f:a>", each),
        Builtin("sift", 2, "<o-f?:o>", sift),
    ]

    static func map(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        guard let elements = arguments[0].elements, let function = arguments[1].function else { return .undefined }
        let result = List.sequence()
        for (place, element) in elements.enumerated() {
            let value = try evaluator.callBack(function, element, .number(Double(place)), arguments[0])
            if !value.isUndefined { result.append(value) }
        }
        return .list(try result.sealed())
    }

    static func filter(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        guard let elements = arguments[0].elements, let function = arguments[1].function else { return .undefined }
        let result = List.sequence()
        for (place, element) in elements.enumerated()
        where try evaluator.callBack(function, element, .number(Double(place)), arguments[0]).isTrue {
            result.append(element)
        }
        return .list(try result.sealed())
    }

    static func single(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        guard let elements = arguments[0].elements else { return .undefined }
        var found: Value?
        for (place, element) in elements.enumerated() {
            if let function = arguments[1].function {
                let answer = try evaluator.callBack(function, element, .number(Double(place)), arguments[0])
                guard answer.isTrue else { continue }
            }
            guard found == nil else {
                throw JSONataError(
                    "D3138",
                    "The $single() function expected exactly 1 matching result.  Instead it matched more.")
            }
            found = element
        }
        guard let found else {
            throw JSONataError(
                "D3139", "The $single() function expected exactly 1 matching result.  Instead it matched 0.")
        }
        return found
    }

    static func reduce(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        guard let elements = arguments[0].elements, let function = arguments[1].function else { return .undefined }
        guard function.arity >= 2 else {
            throw JSONataError(
                "D3050",
                "The second argument of reduce function must be a function with at least two arguments")
        }
        var result = arguments[2]
        var start = 0
        if result.isUndefined, let first = elements.first {
            result = first
            start = 1
        }
        for place in start..<Swift.max(elements.count, start) {
            result = try evaluator.callBack(
                function, result, elements[place], .number(Double(place)), arguments[0])
        }
        return result
    }

    static func each(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        guard let keys = arguments[0].keys, let values = arguments[0].memberValues,
            let function = arguments[1].function
        else { return .undefined }
        let result = List.sequence()
        for (key, member) in Swift.zip(keys, values) {
            let value = try evaluator.callBack(function, member, .string(key), arguments[0])
            if !value.isUndefined { result.append(value) }
        }
        return .list(try result.sealed())
    }

    static func sift(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        // With a function alone, the context is what is sifted.
        var (object, function) = (arguments[0], arguments[1].function)
        if function == nil, let only = arguments[0].function { (object, function) = (input, only) }
        guard let keys = object.keys, let values = object.memberValues, let function else { return .undefined }
        let result = Record()
        for (key, member) in Swift.zip(keys, values)
        where try evaluator.callBack(function, member, .string(key), object).isTrue {
            result[key] = member
        }
        return result.keys.isEmpty ? .undefined : .record(try result.sealed())
    }
}
