extension Library {
    static let patterns = [
        Builtin("contains", 2, "<s-(sf):b>", contains),
        Builtin("split", 3, "<s-(sf)n?:a<s>>", split),
        Builtin("match", 3, "<s-f<s:o>n?:a<o>>", match),
        Builtin("replace", 4, "<s-(sf)(sf)n?:s>", replace),
    ]

    static func contains(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        guard let text = arguments[0].string else { return .undefined }
        guard let matcher = arguments[1].function else {
            let wanted = arguments[1].string ?? "undefined"
            return .bool(TextSearch(text).firstRange(of: wanted, from: 0) != nil)
        }
        return .bool(try !evaluator.matches(matcher, PatternText(text), text, limit: 1).isEmpty)
    }

    static func split(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        guard let text = arguments[0].string else { return .undefined }
        let limit = arguments[2].number
        if let limit, limit < 0 {
            throw JSONataError("D3020", "Third argument of split function must evaluate to a positive number")
        }
        let most = limit.map { $0.rounded(.down).boundedCount }
        guard let matcher = arguments[1].function else {
            let parts = literalParts(text, arguments[1].string, most ?? Int.max)
            try evaluator.spend(parts.count)
            return .list(List.plain(parts.map(Value.string)))
        }
        let subject = PatternText(text)
        let count = limit.map { $0.rounded(.up).boundedCount }
        let matches = try evaluator.matches(matcher, subject, text, limit: count)
        let result = List.plain([])
        var start = 0
        for match in matches {
            result.append(.string(subject.text(start..<Swift.max(start, match.start))))
            start = match.end
        }
        if limit.map({ Double(matches.count) < $0 }) ?? true {
            result.append(.string(subject.text(Swift.min(start, subject.scalars.count)..<subject.scalars.count)))
        }
        return .list(result)
    }

    private static func literalParts(_ text: String, _ separator: String?, _ limit: Int) -> [String] {
        guard let separator else { return limit > 0 ? [text] : [] }
        guard !separator.isEmpty else { return text.unicodeScalars.prefix(limit).map { String($0) } }
        let search = TextSearch(text)
        var parts: [String] = []
        var start = 0
        while parts.count < limit {
            guard let range = search.firstRange(of: separator, from: start) else {
                parts.append(search.text(start..<search.bytes.count))
                break
            }
            parts.append(search.text(start..<range.lowerBound))
            start = range.upperBound
        }
        return parts
    }

    static func match(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        guard let text = arguments[0].string, let matcher = arguments[1].function else { return .undefined }
        let limit = arguments[2].number
        if let limit, limit < 0 {
            throw JSONataError("D3040", "Third argument of match function must evaluate to a positive number")
        }
        let subject = PatternText(text)
        let count = limit.map { $0.rounded(.up).boundedCount }
        let result = List.sequence()
        for match in try evaluator.matches(matcher, subject, text, limit: count) {
            let record = Record()
            record["match"] = .string(match.text)
            record["index"] = .number(Double(subject.utf16Offset(Swift.min(match.start, subject.scalars.count))))
            record["groups"] = .list(List.plain(match.groups))
            result.append(.record(record))
        }
        return .list(result)
    }

    static func replace(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        guard let text = arguments[0].string else { return .undefined }
        if arguments[1].string == "" {
            throw JSONataError("D3010", "Second argument of replace function cannot be an empty string")
        }
        let limit = arguments[3].number
        if let limit, limit < 0 {
            throw JSONataError("D3011", "Fourth argument of replace function must evaluate to a positive number")
        }
        let count = limit.map { $0.rounded(.up).boundedCount }
        guard let matcher = arguments[1].function else {
            let wanted = arguments[1].string ?? "undefined"
            return .string(try literal(evaluator, text, wanted, arguments[2].string ?? "", count ?? Int.max))
        }
        let subject = PatternText(text)
        var result = ""
        var place = 0
        for match in try evaluator.matches(matcher, subject, text, limit: count) {
            result += subject.text(place..<Swift.max(place, Swift.min(match.start, subject.scalars.count)))
            result += try substitute(evaluator, match, arguments[2])
            try evaluator.spend(result.utf8.count / 1024)
            place = Swift.min(match.start + match.text.unicodeScalars.count, subject.scalars.count)
        }
        return .string(result + subject.text(place..<subject.scalars.count))
    }

    private static func literal(
        _ evaluator: Evaluator, _ text: String, _ wanted: String, _ replacement: String, _ limit: Int
    ) throws(JSONataError) -> String {
        let search = TextSearch(text)
        var result = ""
        var start = 0
        var count = 0
        while count < limit, let range = search.firstRange(of: wanted, from: start) {
            result += search.text(start..<range.lowerBound) + replacement
            try evaluator.spend(1 + replacement.utf8.count / 16)
            start = range.upperBound
            count += 1
        }
        return result + search.text(start..<search.bytes.count)
    }

    private static func substitute(
        _ evaluator: Evaluator, _ match: FoundMatch, _ replacement: Value
    ) throws(JSONataError) -> String {
        if let template = replacement.string { return match.filling(template) }
        guard let function = replacement.function else { return "" }
        let value = try evaluator.call(function, [.record(match.record)], .undefined)
        guard let text = value.string else {
            throw JSONataError("D3012", "Attempted to replace a matched string with a non-string value")
        }
        return text
    }
}
