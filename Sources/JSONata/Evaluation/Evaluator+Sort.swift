extension Evaluator {
    func sort(
        _ input: Value, _ terms: [SortTerm], _ node: Node, _ frame: Frame?
    ) throws(JSONataError) -> Value {
        let items = input.asElements
        guard items.count > 1 else { return .list(List.sequence(items)) }
        var keyed: [(item: Value, keys: [Value])] = []
        keyed.reserveCapacity(items.count)
        for item in items {
            var context = item
            var inner = frame
            if case .tuple(let tuple) = item {
                context = tuple.context
                inner = try self.frame(tuple, frame)
            }
            var keys: [Value] = []
            for term in terms { keys.append(try evaluate(term.expression, context, inner)) }
            keyed.append((item, keys))
        }
        let sorted = try MergeSort.sorted(keyed) { (left, right) throws(JSONataError) in
            try self.spend(1)
            return try Self.isAfter(left.keys, right.keys, terms, node)
        }
        return .list(List.plain(sorted.map(\.item)))
    }

    private static func isAfter(
        _ left: [Value], _ right: [Value], _ terms: [SortTerm], _ node: Node
    ) throws(JSONataError) -> Bool {
        for (place, term) in terms.enumerated() {
            let (left, right) = (left[place], right[place])
            if left.isUndefined, right.isUndefined { continue }
            // Undefined comes last, however it is sorted.
            if left.isUndefined { return true }
            if right.isUndefined { return false }
            let isLess: Bool
            if let left = left.string, let right = right.string {
                if left == right { continue }
                isLess = TextOrder.isLess(left, right)
            } else if let left = left.number, let right = right.number {
                if left == right { continue }
                isLess = left < right
            } else {
                throw unsortable(left, right, node)
            }
            return term.isDescending ? isLess : !isLess
        }
        return false
    }

    private static func unsortable(_ left: Value, _ right: Value, _ node: Node) -> JSONataError {
        let isBasic = { (value: Value) in value.string != nil || value.number != nil }
        guard isBasic(left), isBasic(right) else {
            return JSONataError(
                "T2008", "The expressions within an order-by clause must evaluate to numeric or string values",
                at: node.position)
        }
        return JSONataError(
            "T2007",
            "Type mismatch when comparing values \(describeValue(left)) and \(describeValue(right)) in order-by clause",
            at: node.position)
    }
}

/// A stable sort whose comparison may fail.
enum MergeSort {
    static func sorted<Element>(
        _ items: [Element], isAfter: (Element, Element) throws(JSONataError) -> Bool
    ) throws(JSONataError) -> [Element] {
        var source = items
        var width = 1
        while width < source.count {
            var merged: [Element] = []
            merged.reserveCapacity(source.count)
            var start = 0
            while start < source.count {
                let middle = min(start + width, source.count)
                let end = min(middle + width, source.count)
                var (left, right) = (start, middle)
                while left < middle, right < end {
                    if try isAfter(source[left], source[right]) {
                        merged.append(source[right])
                        right += 1
                    } else {
                        merged.append(source[left])
                        left += 1
                    }
                }
                merged += source[left..<middle]
                merged += source[right..<end]
                start = end
            }
            source = merged
            width *= 2
        }
        return source
    }
}

/// JavaScript's order of strings: by UTF-16 units.
enum TextOrder {
    static func isLess(_ left: String, _ right: String) -> Bool {
        left.utf16.lexicographicallyPrecedes(right.utf16)
    }
}
