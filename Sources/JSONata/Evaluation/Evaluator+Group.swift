extension Evaluator {
    /// An object constructor.
    func evaluate(object group: Group, _ input: Value, _ frame: Frame?) throws(JSONataError) -> Value {
        guard let keys = group.literalKeys, !input.isArray else { return try evaluate(group, input, frame) }
        let record = Record()
        for (key, pair) in zip(keys, group.pairs) {
            let value = try evaluate(pair.value, input, frame)
            if !value.isUndefined { record[key] = value }
        }
        return .record(try record.sealed())
    }

    private struct Entry {
        var items: [Value]
        let pair: Int
        var wasArray = false
    }

    /// The input in groups by key, every group as a member.
    func evaluate(_ group: Group, _ input: Value, _ frame: Frame?) throws(JSONataError) -> Value {
        let isReduced = input.list?.isTupleStream == true
        var items = input.asElements
        if items.isEmpty { items = [.undefined] }
        var names: [String] = []
        var entries: [String: Entry] = [:]
        for item in items {
            try collect(item, group, frame, isReduced, &names, &entries)
        }
        let record = Record()
        for name in names {
            guard let entry = entries[name] else { continue }
            let value = try member(entry, group, frame, isReduced)
            if !value.isUndefined { record[name] = value }
        }
        return .record(try record.sealed())
    }

    private func collect(
        _ item: Value, _ group: Group, _ frame: Frame?, _ isReduced: Bool, _ names: inout [String],
        _ entries: inout [String: Entry]
    ) throws(JSONataError) {
        var context = item
        var inner = frame
        if isReduced, case .tuple(let tuple) = item {
            context = tuple.context
            inner = try self.frame(tuple, frame)
        }
        for (place, pair) in group.pairs.enumerated() {
            let key = try evaluate(pair.key, context, inner)
            if key.isUndefined { continue }
            guard case .string(let name) = key else {
                throw JSONataError(
                    "T1003", "Key in object structure must evaluate to a string; got: \(describe(key))",
                    at: group.position)
            }
            guard var entry = entries.removeValue(forKey: name) else {
                names.append(name)
                entries[name] = Entry(items: [item], pair: place)
                continue
            }
            guard entry.pair == place else {
                throw JSONataError(
                    "D1009", "Multiple key definitions evaluate to same key: \"\(name)\"", at: group.position)
            }
            if entry.items.count == 1, !entry.wasArray, !isReduced {
                entry.items = entry.items[0].asElements
                entry.wasArray = true
            }
            if isReduced { entry.items.append(item) } else { entry.items += item.asElements }
            entries[name] = entry
        }
    }

    private func member(
        _ entry: Entry, _ group: Group, _ frame: Frame?, _ isReduced: Bool
    ) throws(JSONataError) -> Value {
        let value = group.pairs[entry.pair].value
        if isReduced {
            let tuple = reduced(entry.items)
            return try evaluate(value, tuple.context, try self.frame(tuple, frame))
        }
        if entry.items.count == 1, !entry.wasArray { return try evaluate(value, entry.items[0], frame) }
        return try evaluate(value, .list(List.plain(entry.items)), frame)
    }
}
