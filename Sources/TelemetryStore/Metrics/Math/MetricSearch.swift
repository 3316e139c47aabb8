import Telemetry

/// A search for metrics: `{AWS/Lambda,FunctionName} MetricName="Errors" order OR pay`.
///
/// - SeeAlso: Amazon CloudWatch User Guide, "CloudWatch search expression syntax".
struct MetricSearch {
    private let schema: [String]?
    private let condition: Condition

    private indirect enum Condition {
        case everything
        /// In any text of the metric, or in the one that the designator names; exact ones match as a whole.
        case term(String, designator: String?, isExact: Bool)
        case both(Condition, Condition)
        case either(Condition, Condition)
        case not(Condition)
    }

    /// CloudWatch's limit.
    private static let longest = 1024

    init(_ text: String) throws(MetricQueryError) {
        guard text.utf8.count <= Self.longest else {
            throw MetricQueryError("a search has at most \(Self.longest) characters")
        }
        var reader = SearchReader(text)
        schema = try reader.schema()
        condition = try Self.either(&reader, 0)
        guard reader.word == nil else { throw MetricQueryError("the search ends too late: \(reader.word ?? "")") }
    }

    func matches(_ key: MetricKey) -> Bool {
        if let schema {
            guard key.namespace == schema.first, Set(schema.dropFirst()) == Set(key.dimensions.map(\.name)) else {
                return false
            }
        }
        return Self.matches(condition, key)
    }

    private static func either(_ reader: inout SearchReader, _ depth: Int) throws(MetricQueryError) -> Condition {
        guard depth < 50 else { throw MetricQueryError("the search nests too deep") }
        var left = try both(&reader, depth)
        while reader.word == "OR" {
            reader.next()
            left = .either(left, try both(&reader, depth))
        }
        return left
    }

    /// Terms side by side must all match.
    private static func both(_ reader: inout SearchReader, _ depth: Int) throws(MetricQueryError) -> Condition {
        var left: Condition = .everything
        while let word = reader.word, word != "OR", word != ")" {
            if word == "AND" {
                reader.next()
                continue
            }
            left = .both(left, try one(&reader, depth))
        }
        return left
    }

    private static func one(_ reader: inout SearchReader, _ depth: Int) throws(MetricQueryError) -> Condition {
        guard depth < 50 else { throw MetricQueryError("the search nests too deep") }
        guard let word = reader.word else { throw MetricQueryError("the search ends too early") }
        let isQuoted = reader.isQuoted
        reader.next()
        if word == "NOT", !isQuoted { return .not(try one(&reader, depth + 1)) }
        if word == "(", !isQuoted {
            let inner = try either(&reader, depth + 1)
            guard reader.word == ")" else { throw MetricQueryError("a parenthesis of the search does not close") }
            reader.next()
            return inner
        }
        guard reader.word == "=", !reader.isQuoted else {
            return .term(word, designator: nil, isExact: isQuoted)
        }
        reader.next()
        guard let value = reader.word else { throw MetricQueryError("\(word)= has no value") }
        let isExact = reader.isQuoted
        if value == "(", !isExact {
            reader.next()
            var any: Condition = .not(.everything)
            while let value = reader.word, value != ")" || reader.isQuoted {
                if value != "OR" || reader.isQuoted {
                    any = .either(any, .term(value, designator: word, isExact: reader.isQuoted))
                }
                reader.next()
            }
            reader.next()
            return any
        }
        reader.next()
        return .term(value, designator: word, isExact: isExact)
    }

    private static func matches(_ condition: Condition, _ key: MetricKey) -> Bool {
        switch condition {
        case .everything: true
        case .both(let left, let right): matches(left, key) && matches(right, key)
        case .either(let left, let right): matches(left, key) || matches(right, key)
        case .not(let inner): !matches(inner, key)
        case .term(let text, let designator, let isExact):
            texts(key, designator).contains { isExact ? $0 == text : SearchTokens.matches(text, $0) }
        }
    }

    private static func texts(_ key: MetricKey, _ designator: String?) -> [String] {
        switch designator {
        case nil: [key.namespace, key.name] + key.dimensions.flatMap { [$0.name, $0.value] }
        case "MetricName": [key.name]
        case "Namespace": [key.namespace]
        case let name?: key.dimension(name).map { [$0] } ?? []
        }
    }
}

/// The words of a search.
private struct SearchReader {
    private var rest: Substring
    private(set) var word: String?
    private(set) var isQuoted = false

    init(_ text: String) {
        rest = Substring(text)
    }

    mutating func schema() throws(MetricQueryError) -> [String]? {
        rest = rest.drop { $0.isWhitespace }
        defer { next() }
        guard rest.first == "{" else { return nil }
        guard let end = rest.firstIndex(of: "}") else { throw MetricQueryError("the search's { has no }") }
        let names = rest[..<end].dropFirst().split(separator: ",").map { name in
            String(
                name.drop { $0.isWhitespace || $0 == "\"" }.reversed().drop { $0.isWhitespace || $0 == "\"" }.reversed()
            )
        }
        rest = rest[rest.index(after: end)...]
        guard !names.isEmpty else { throw MetricQueryError("the search's {} has no namespace") }
        return names
    }

    mutating func next() {
        rest = rest.drop { $0.isWhitespace || $0 == "," }
        isQuoted = false
        guard let first = rest.first else {
            word = nil
            return
        }
        if first == "\"" {
            let inner = rest.dropFirst().prefix { $0 != "\"" }
            rest = rest[inner.endIndex...].dropFirst()
            (word, isQuoted) = (String(inner), true)
        } else if "()=".contains(first) {
            rest.removeFirst()
            word = String(first)
        } else {
            let inner = rest.prefix { !$0.isWhitespace && !"()=\",".contains($0) }
            rest = rest[inner.endIndex...]
            word = String(inner)
        }
    }
}

/// The parts of a name by which searches find it: `CustomCount1` has `custom`, `count`, `1`, and itself.
enum SearchTokens {
    static func matches(_ term: String, _ text: String) -> Bool {
        let lowered = joined(term)
        // Several parts in a row match as they are written; a single one in any case.
        return text.contains(term) || tokens(text).contains(lowered)
    }

    static func tokens(_ text: String) -> Set<String> {
        var parts: [String] = []
        var part = ""
        var last: Kind?
        for character in text {
            let kind = Kind(character)
            let isNew = kind != last && !(last == .upper && kind == .lower)
            if isNew, !part.isEmpty {
                parts.append(part)
                part = ""
            }
            // `SDBFailure`: the last capital belongs to the word that it begins.
            if last == .upper, kind == .lower, part.count > 1, let capital = part.popLast() {
                parts.append(part)
                part = String(capital)
            }
            if kind != .other { part.append(character) }
            last = kind
        }
        if !part.isEmpty { parts.append(part) }
        return Set(parts.map { $0.lowercased() } + [joined(text)])
    }

    private static func joined(_ text: String) -> String {
        text.filter { $0.isLetter || $0.isNumber }.lowercased()
    }

    private enum Kind {
        case upper, lower, digit, other

        init(_ character: Character) {
            self = character.isUppercase ? .upper : character.isLetter ? .lower : character.isNumber ? .digit : .other
        }
    }
}
