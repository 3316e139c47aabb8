extension Evaluator {
    func filter(_ input: Value, _ predicate: Node, _ frame: Frame?) throws(JSONataError) -> Value {
        let results = List.sequence()
        let isTupleStream = input.list?.isTupleStream == true
        results.isTupleStream = isTupleStream
        if case .number(let index) = predicate.kind, predicate.isPlain {
            return nth(index, of: input, into: results)
        }
        let count = input.count ?? 1
        for place in 0..<count {
            let item = input.isArray ? input.element(place) : input
            var context = item
            var inner = frame
            if isTupleStream, case .tuple(let tuple) = item {
                context = tuple.context
                inner = try self.frame(tuple, frame)
            }
            let answer = try evaluate(predicate, context, inner)
            if selects(answer, place, count) { results.append(item) }
        }
        return input.isUndefined ? .undefined : .list(results)
    }

    private func nth(_ index: Double, of input: Value, into results: List) -> Value {
        let count = input.count ?? 1
        guard let place = Self.place(index, count) else { return .list(results) }
        let item = input.isArray ? input.element(place) : input
        switch item {
        case .undefined: return .list(results)
        case .array, .list: return item
        default:
            results.append(item)
            return .list(results)
        }
    }

    /// - Returns: `nil` for a place outside; negative ones count from the end.
    private static func place(_ index: Double, _ count: Int) -> Int? {
        var floor = index.rounded(.down)
        if floor < 0 { floor += Double(count) }
        guard floor >= 0, floor < Double(count) else { return nil }
        return Int(floor)
    }

    private func selects(_ answer: Value, _ place: Int, _ count: Int) -> Bool {
        if let number = answer.number { return Self.place(number, count) == place }
        guard let elements = answer.elements else { return answer.isTrue }
        guard !elements.isEmpty, elements.allSatisfy({ $0.number != nil }) else {
            return elements.isEmpty ? false : answer.isTrue
        }
        return elements.contains { $0.number.map { Self.place($0, count) == place } ?? false }
    }
}
