/// What a pattern, or a function that stands in for one, found in a text.
struct FoundMatch {
    var text: String
    /// Scalars from the beginning of the text.
    var start: Int
    var end: Int
    /// Undefined for groups that took no part.
    var groups: [Value]

    var record: Record {
        let record = Record()
        record["match"] = .string(text)
        record["start"] = .number(Double(start))
        record["end"] = .number(Double(end))
        record["groups"] = .list(List.plain(groups))
        return record
    }

    /// The replacement with `$1` and the like filled in.
    func filling(_ template: String) -> String {
        guard template.utf8.contains(UInt8(ascii: "$")) else { return template }
        let scalars = Array(template.unicodeScalars)
        var result = String.UnicodeScalarView()
        var place = 0
        while place < scalars.count {
            guard scalars[place] == "$" else {
                result.append(scalars[place])
                place += 1
                continue
            }
            place += 1
            place += fill(scalars[place...], into: &result)
        }
        return String(result)
    }

    /// - Returns: how many scalars behind the `$` were used.
    private func fill(_ rest: ArraySlice<Unicode.Scalar>, into result: inout String.UnicodeScalarView) -> Int {
        if rest.first == "$" {
            result.append("$")
            return 1
        }
        if rest.first == "0" {
            result.append(contentsOf: text.unicodeScalars)
            return 1
        }
        let longest = max(String(groups.count).count, 1)
        var digits = String(String.UnicodeScalarView(rest.prefix(longest).prefix { ("0"..."9").contains($0) }))
        if longest > 1, let number = Int(digits), number > groups.count, digits.count == longest {
            digits = String(digits.dropLast())
        }
        guard let number = Int(digits) else {
            result.append("$")
            return 0
        }
        if groups.indices.contains(number - 1), let group = groups[number - 1].string {
            result.append(contentsOf: group.unicodeScalars)
        }
        return String(number).count
    }
}

extension Evaluator {
    /// Steps that a search with a pattern may take at most.
    private static let patternSteps = 2_000_000

    /// - Parameter limit: `nil` finds all.
    func matches(
        _ matcher: Function, _ subject: PatternText, _ text: String, limit: Int?
    ) throws(JSONataError) -> [FoundMatch] {
        guard case .pattern(let pattern) = matcher.kind else { return try foreign(matcher, text, limit: limit) }
        var found: [FoundMatch] = []
        var start = 0
        while found.count < limit ?? Int.max, start < subject.scalars.count || start == 0 {
            guard let match = try search(pattern, subject, from: start) else { break }
            found.append(match)
            start = match.end
        }
        return found
    }

    private func search(_ pattern: Pattern, _ subject: PatternText, from start: Int) throws(JSONataError) -> FoundMatch?
    {
        var machine = PatternMachine(pattern, subject, stepLimit: Self.patternSteps)
        let match = machine.firstMatch(from: start)
        try spend((Self.patternSteps - max(machine.stepsLeft, 0)) / 16)
        guard machine.stepsLeft >= 0 else {
            throw JSONataError("U1001", "Expression evaluation timeout: the regular expression takes too many steps")
        }
        guard let match else { return nil }
        guard !match.range.isEmpty else {
            throw JSONataError("D1004", "Regular expression matches zero length string")
        }
        return FoundMatch(
            text: subject.text(match.range), start: match.range.lowerBound, end: match.range.upperBound,
            groups: match.groups.map { group in group.map { .string(subject.text($0)) } ?? .undefined })
    }

    /// A regular expression called as the function that it is.
    func match(_ pattern: Pattern, _ arguments: [Value]) throws(JSONataError) -> Value {
        guard let text = arguments.first?.string else { return .undefined }
        var start = 0
        if arguments.count > 1, let number = arguments[1].number, number > 0 { start = Int(min(number, 1e9)) }
        return try match(pattern, PatternText(text), from: start)
    }

    func match(_ pattern: Pattern, _ subject: PatternText, from start: Int) throws(JSONataError) -> Value {
        guard start < subject.scalars.count || start == 0, let match = try search(pattern, subject, from: start) else {
            return .undefined
        }
        let record = match.record
        record["next"] = .function(Function(.next(pattern, subject, from: match.end)))
        return .record(record)
    }

    private func foreign(_ matcher: Function, _ text: String, limit: Int?) throws(JSONataError) -> [FoundMatch] {
        var found: [FoundMatch] = []
        guard limit ?? 1 > 0 else { return found }
        var answer = try call(matcher, [.string(text)], .undefined)
        while !answer.isUndefined {
            try spend(1)
            let isComplete =
                answer.member("start").number != nil || answer.member("end").number != nil
                || answer.member("groups").isArray || answer.member("next").function != nil
            guard answer.isObject, isComplete else {
                throw JSONataError(
                    "T1010",
                    "The matcher function argument passed to function does not return the correct object structure")
            }
            let place = { (name: String) in (answer.member(name).number ?? 0).boundedCount }
            let length = text.unicodeScalars.count
            found.append(
                FoundMatch(
                    text: answer.member("match").string ?? "", start: min(place("start"), length),
                    end: min(place("end"), length), groups: answer.member("groups").elements ?? []))
            guard found.count < limit ?? Int.max, let next = answer.member("next").function else { break }
            answer = try call(next, [], .undefined)
        }
        return found
    }
}

extension Double {
    /// The number as a count: from 0 to a billion, and 0 for what is no number.
    var boundedCount: Int { isNaN || self < 0 ? 0 : Int(Swift.min(self, 1e9)) }
}
