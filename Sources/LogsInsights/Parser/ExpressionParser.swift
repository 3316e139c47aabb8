/// Reads expressions: `or`, `and`, `not`, comparisons, `+ -`, `* / %`, `^`, from the loosest to the closest.
struct ExpressionParser {
    var reader: TokenReader
    private var depth = 0

    private static let mostNested = 64
    private static let mostValues = 1000

    init(_ reader: TokenReader) { self.reader = reader }

    mutating func expression() throws(InsightsError) -> Expression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.mostNested else {
            throw InsightsError("expressions nest more than \(Self.mostNested) deep", at: reader.current.range)
        }
        var left = try conjunction()
        while reader.take(keyword: "or") { left = .or(left, try conjunction()) }
        return left
    }

    private mutating func conjunction() throws(InsightsError) -> Expression {
        var left = try negation()
        while reader.take(keyword: "and") { left = .and(left, try negation()) }
        return left
    }

    private mutating func negation() throws(InsightsError) -> Expression {
        var isNegated = false
        while reader.take(keyword: "not") { isNegated.toggle() }
        let inner = try comparison()
        return isNegated ? .not(inner) : inner
    }

    private mutating func comparison() throws(InsightsError) -> Expression {
        let left = try sum()
        if case .symbol(let symbol) = reader.current.kind {
            if let sign = ComparisonOperator(rawValue: symbol) {
                reader.advance()
                return .compare(sign, left, try sum())
            }
            if symbol == "=~" {
                reader.advance()
                return .like(left, .regex(try regex()))
            }
        }
        if reader.take(keyword: "like") { return .like(left, try pattern()) }
        if reader.take(keyword: "in") { return .oneOf(left, try values()) }
        guard reader.current.keyword == "not", let word = reader.next.keyword, word == "like" || word == "in" else {
            return left
        }
        reader.advance()
        reader.advance()
        return .not(word == "like" ? .like(left, try pattern()) : .oneOf(left, try values()))
    }

    /// Texts match as they are; expressions stand between slashes.
    private mutating func pattern() throws(InsightsError) -> Expression.Pattern {
        if case .text(let text) = reader.current.kind {
            reader.advance()
            return .text(text)
        }
        return .regex(try regex())
    }

    mutating func regex() throws(InsightsError) -> Regex {
        let token = reader.current
        let source: String
        switch token.kind {
        case .regex(let text): source = text
        case .text(let text): source = String(decoding: text, as: UTF8.self)
        default: throw reader.unexpected("a text in quotes or an expression between / is expected")
        }
        reader.advance()
        do throws(RegexError) {
            return try Regex(source)
        } catch {
            throw InsightsError("the regular expression is wrong: \(error.problem)", at: token.range)
        }
    }

    private mutating func values() throws(InsightsError) -> [Expression] {
        let close = reader.current.isSymbol("(") ? ")" : "]"
        guard reader.take(symbol: "[") || reader.take(symbol: "(") else {
            throw reader.unexpected("a list is expected, for instance [\"a\", \"b\"]")
        }
        var values: [Expression] = []
        repeat {
            if reader.current.isSymbol(close), values.isEmpty { break }
            values.append(try expression())
            guard values.count <= Self.mostValues else {
                throw InsightsError("a list has at most \(Self.mostValues) values", at: reader.current.range)
            }
        } while reader.take(symbol: ",")
        try reader.expect(symbol: close)
        return values
    }

    private mutating func sum() throws(InsightsError) -> Expression {
        var left = try product()
        while let sign = take(["+", "-"]) { left = .arithmetic(sign, left, try product()) }
        return left
    }

    private mutating func product() throws(InsightsError) -> Expression {
        var left = try power()
        while let sign = take(["*", "/", "%"]) { left = .arithmetic(sign, left, try power()) }
        return left
    }

    private mutating func power() throws(InsightsError) -> Expression {
        let base = try sign()
        guard take(["^"]) != nil else { return base }
        return .arithmetic(.power, base, try nested { parser throws(InsightsError) in try parser.power() })
    }

    private mutating func sign() throws(InsightsError) -> Expression {
        var isNegative = false
        while let sign = take(["-", "+"]) { if sign == .minus { isNegative.toggle() } }
        let inner = try primary()
        guard isNegative else { return inner }
        if case .number(let number) = inner { return .number(-number) }
        return .negated(inner)
    }

    private mutating func take(_ symbols: [String]) -> ArithmeticOperator? {
        guard case .symbol(let symbol) = reader.current.kind, symbols.contains(symbol) else { return nil }
        reader.advance()
        return ArithmeticOperator(rawValue: symbol)
    }

    private mutating func nested(
        _ read: (inout ExpressionParser) throws(InsightsError) -> Expression
    ) throws(InsightsError) -> Expression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.mostNested else {
            throw InsightsError("expressions nest more than \(Self.mostNested) deep", at: reader.current.range)
        }
        return try read(&self)
    }

    private mutating func primary() throws(InsightsError) -> Expression {
        let token = reader.current
        switch token.kind {
        case .number(let number):
            reader.advance()
            return .number(number)
        case .period(let period):
            reader.advance()
            return .period(period)
        case .text(let text):
            reader.advance()
            return .text(text)
        case .quotedField(let name):
            reader.advance()
            return .field(name)
        case .symbol("("):
            reader.advance()
            let inner = try expression()
            try reader.expect(symbol: ")")
            return inner
        case .word(let word):
            if reader.next.isSymbol("(") { return try call(word) }
            guard !Self.reserved.contains(word.lowercased()) else {
                throw reader.unexpected("a field, a value or a function is expected")
            }
            reader.advance()
            if word.lowercased() == "true" { return .bool(true) }
            if word.lowercased() == "false" { return .bool(false) }
            return .field(word)
        default: throw reader.unexpected("a field, a value or a function is expected")
        }
    }

    private static let reserved: Set<String> = ["and", "or", "not", "like", "in", "as", "by", "asc", "desc"]

    private mutating func call(_ word: String) throws(InsightsError) -> Expression {
        let start = reader.current
        let name = word.lowercased()
        reader.advance()
        reader.advance()
        if let function = Self.aggregate(name) { return try aggregate(function, start) }
        guard let function = InsightsFunction(rawValue: name) else {
            throw InsightsError(Self.unknown(word), at: start.range)
        }
        var arguments: [Expression] = []
        if !reader.current.isSymbol(")") {
            repeat { arguments.append(try expression()) } while arguments.count <= 64 && reader.take(symbol: ",")
        }
        try reader.expect(symbol: ")")
        try check(function, arguments, start)
        if function == .bin { return .call(.datefloor, [.field("@timestamp")] + arguments) }
        return .call(function, arguments)
    }

    private static func unknown(_ word: String) -> String {
        word.lowercased() == "unmask"
            ? "unmask is not served here: nothing is masked" : "\(word) is no function of the query language"
    }

    private func check(
        _ function: InsightsFunction, _ arguments: [Expression], _ start: Token
    ) throws(InsightsError) {
        guard function.arity.contains(arguments.count) else {
            let wanted =
                function.arity.count == 1
                ? "\(function.arity.lowerBound)" : "\(function.arity.lowerBound) to \(function.arity.upperBound)"
            throw InsightsError(
                "\(function.title) takes \(wanted) arguments and has \(arguments.count)", at: start.range)
        }
        let takesPeriod = [.bin, .datefloor, .dateceil].contains(function)
        for (index, argument) in arguments.enumerated() {
            var isPeriod = false
            if case .period = argument { isPeriod = true }
            let isItsPlace = takesPeriod && index == arguments.count - 1
            guard isPeriod == isItsPlace else {
                throw InsightsError(
                    isPeriod
                        ? "\(function.title) takes no period" : "\(function.title) needs a period such as 5m",
                    at: start.range)
            }
        }
    }

    private static func aggregate(_ name: String) -> Aggregate.Function? {
        if name == "percentile" { return .pct }
        if name == "count_distinct" || name == "countdistinct" { return .count_distinct }
        return Aggregate.Function(rawValue: name)
    }

    private mutating func aggregate(
        _ function: Aggregate.Function, _ start: Token
    ) throws(InsightsError) -> Expression {
        var aggregate = Aggregate(function: function)
        if function == .count, reader.take(symbol: "*") || reader.current.isSymbol(")") {
            try reader.expect(symbol: ")")
            return .aggregate(aggregate)
        }
        aggregate.argument = try expression()
        guard aggregate.argument?.hasAggregate == false else {
            throw InsightsError("\(function.rawValue) of another aggregate is not possible", at: start.range)
        }
        if function == .pct {
            try reader.expect(symbol: ",")
            guard case .number(let percent) = reader.current.kind, (0...100).contains(percent) else {
                throw reader.unexpected("pct takes a percentage from 0 to 100")
            }
            reader.advance()
            aggregate.percent = percent
        }
        try reader.expect(symbol: ")")
        return .aggregate(aggregate)
    }
}
