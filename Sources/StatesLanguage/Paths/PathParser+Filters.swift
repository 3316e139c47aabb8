import JSON

extension PathParser {
    /// What stands behind `?`, in its parentheses.
    mutating func filter() throws(JSONPathError) -> PathFilter {
        guard isNext("(") else { throw problem("'(' is missing") }
        return try either()
    }

    private mutating func either() throws(JSONPathError) -> PathFilter {
        var filters: [PathFilter] = []
        repeat {
            filters.append(try both())
            skipSpace()
        } while take("||")
        return filters.count == 1 ? filters[0] : .any(filters)
    }

    private mutating func both() throws(JSONPathError) -> PathFilter {
        var filters: [PathFilter] = []
        repeat {
            filters.append(try condition())
            skipSpace()
        } while take("&&")
        return filters.count == 1 ? filters[0] : .all(filters)
    }

    private mutating func condition() throws(JSONPathError) -> PathFilter {
        guard depth < Self.depthLimit else { throw problem("nested more than \(Self.depthLimit) deep") }
        guard offset < scalars.count else { throw problem("a condition is missing") }
        depth += 1
        defer { depth -= 1 }
        skipSpace()
        if isNext("!") && !isNext("!=") {
            offset += 1
            return .not(try condition())
        }
        if take("(") {
            let filter = try either()
            skipSpace()
            try expect(")")
            return filter
        }
        return try comparison()
    }

    private mutating func comparison() throws(JSONPathError) -> PathFilter {
        let left = try operand()
        skipSpace()
        if take("=~") {
            skipSpace()
            return .matches(left, try pattern())
        }
        guard let comparison = try comparisonSign() else {
            switch left {
            case .relative(let path): return .exists(path, isRelative: true)
            case .absolute(let path): return .exists(path, isRelative: false)
            case .literal(let value):
                guard let constant = value.bool else { throw problem("an operator is missing") }
                return .constant(constant)
            }
        }
        skipSpace()
        return .compare(left, comparison, try operand())
    }

    /// - Returns: `nil` where the condition ends.
    private mutating func comparisonSign() throws(JSONPathError) -> PathComparison? {
        guard let current, current != ")", current != "&", current != "|" else { return nil }
        let start = offset
        var sign = taking { "=!<>~".unicodeScalars.contains($0) }
        if sign.isEmpty { sign = taking { ("a"..."z").contains($0) || ("A"..."Z").contains($0) } }
        guard let comparison = PathComparison(rawValue: sign.lowercased()) else {
            offset = start
            throw problem("an operator is missing")
        }
        return comparison
    }
}
