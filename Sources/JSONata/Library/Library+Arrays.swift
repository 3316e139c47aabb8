extension Library {
    static let arrays = [
        Builtin("count", 1, "<a:n>", count),
        Builtin("append", 2, "<xx:a>", append),
        Builtin("sort", 2, "<af?:a>", sort),
        Builtin("reverse", 1, "<a:a>", reverse),
        Builtin("shuffle", 1, "<a:a>", shuffle),
        Builtin("distinct", 1, "<x:x>", distinct),
        Builtin("zip", 0, "<a+>", zip),
    ]

    static func count(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        .number(Double(arguments[0].count ?? 0))
    }

    static func append(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        if arguments[0].isUndefined { return arguments[1] }
        if arguments[1].isUndefined { return arguments[0] }
        try evaluator.spend((arguments[0].count ?? 1) + (arguments[1].count ?? 1))
        let list = List.plain(arguments[0].asElements)
        list.appendElements(arguments[1])
        return .list(try list.sealed())
    }

    static func sort(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        guard let elements = arguments[0].elements, elements.count > 1 else { return arguments[0] }
        try evaluator.spend(elements.count)
        if let comparator = arguments[1].function {
            let sorted = try MergeSort.sorted(elements) { (left, right) throws(JSONataError) in
                try evaluator.spend(1)
                return try evaluator.call(comparator, [left, right], .undefined).isTrue
            }
            return .list(List.plain(sorted))
        }
        if elements.allSatisfy({ $0.number != nil }) {
            let sorted = try MergeSort.sorted(elements.map { ($0, $0.number ?? 0) }) { $0.1 > $1.1 }
            return .list(List.plain(sorted.map(\.0)))
        }
        guard elements.allSatisfy({ $0.string != nil }) else {
            throw JSONataError(
                "D3070",
                "The single argument form of the sort function can only be applied to an array of strings or an array of numbers.  Use the second argument to specify a comparison function"
            )
        }
        let sorted = try MergeSort.sorted(elements.map { ($0, $0.string ?? "") }) { TextOrder.isLess($1.1, $0.1) }
        return .list(List.plain(sorted.map(\.0)))
    }

    static func reverse(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        guard let elements = arguments[0].elements, elements.count > 1 else { return arguments[0] }
        try evaluator.spend(elements.count)
        return .list(List.plain(elements.reversed()))
    }

    static func shuffle(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        guard let elements = arguments[0].elements, elements.count > 1 else { return arguments[0] }
        try evaluator.spend(elements.count)
        return .list(List.plain(elements.shuffled(using: &evaluator.random)))
    }

    static func distinct(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        guard let elements = arguments[0].elements, elements.count > 1 else { return arguments[0] }
        var strings: Set<String> = []
        var numbers: Set<Double> = []
        let others = List.plain([])
        let result = List.plain([])
        result.isSequence = arguments[0].list?.isSequence ?? false
        for element in elements {
            try evaluator.spend(1 + others.items.count)
            if let string = element.string {
                guard strings.insert(string).inserted else { continue }
            } else if let number = element.number {
                guard numbers.insert(number).inserted else { continue }
            } else {
                guard !others.items.contains(where: { Equality.areEqual($0, element) }) else { continue }
                others.append(element)
            }
            result.append(element)
        }
        return .list(try result.sealed())
    }

    static func zip(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        let arrays = arguments.values.map { $0.elements ?? [] }
        let shortest = arrays.map(\.count).min() ?? 0
        try evaluator.spend(shortest * arrays.count)
        let result = List.plain([])
        for place in 0..<shortest {
            result.append(.list(try List.plain(arrays.map { $0[place] }).sealed()))
        }
        return .list(try result.sealed())
    }
}
