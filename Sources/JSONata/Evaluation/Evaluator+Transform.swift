extension Evaluator {
    /// Changes a copy of what is given: what the pattern finds is updated, and loses what is deleted.
    func apply(
        _ transform: Transform, _ value: Value, _ input: Value, _ frame: Frame?
    ) throws(JSONataError) -> Value {
        if value.isUndefined { return .undefined }
        guard value.isObject || value.isArray else {
            throw JSONataError(
                "T0410", "Argument 1 of function \"transform\" does not match function signature")
        }
        let copy = try clone(value)
        let found = try evaluate(transform.pattern, copy, frame)
        for match in found.isUndefined ? [] : found.asElements {
            try update(match, transform, frame)
        }
        return copy
    }

    private func update(_ match: Value, _ transform: Transform, _ frame: Frame?) throws(JSONataError) {
        let update = try evaluate(transform.update, match, frame)
        if !update.isUndefined {
            guard update.isObject else {
                throw JSONataError(
                    "T2011",
                    "The insert/update clause of the transform expression must evaluate to an object: "
                        + describe(update), at: transform.update.position)
            }
            if case .record(let record) = match {
                for (key, value) in zip(update.keys ?? [], update.memberValues ?? []) { record[key] = value }
                _ = try record.sealed()
            }
        }
        guard let delete = transform.delete else { return }
        let deletions = try evaluate(delete, match, frame)
        if deletions.isUndefined { return }
        for name in deletions.asElements {
            guard let name = name.string else {
                throw JSONataError(
                    "T2012",
                    "The delete clause of the transform expression must evaluate to a string or array of strings: "
                        + describe(deletions), at: delete.position)
            }
            if case .record(let record) = match { record[name] = .undefined }
        }
    }

    /// A copy that can be changed in place.
    func clone(_ value: Value, level: Int = 0) throws(JSONataError) -> Value {
        guard level < List.deepest else { throw JSONataError.nestsTooDeep }
        try spend(1)
        if let elements = value.elements {
            let list = List.plain([])
            list.items.reserveCapacity(elements.count)
            for element in elements { list.append(try clone(element, level: level + 1)) }
            return .list(try list.sealed())
        }
        guard let keys = value.keys, let values = value.memberValues else { return value }
        let record = Record()
        for (key, member) in zip(keys, values) { record[key] = try clone(member, level: level + 1) }
        return .record(try record.sealed())
    }
}
