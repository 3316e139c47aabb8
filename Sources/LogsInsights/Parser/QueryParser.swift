/// Reads a query: commands with bars between them.
struct QueryParser {
    private var parser: ExpressionParser
    private var stats = 0

    static let commands = ["fields", "display", "filter", "parse", "stats", "sort", "limit", "dedup"]
    private static let notServed: Set<String> = [
        "pattern", "diff", "anomaly", "unmask", "unnest", "lookup", "source", "filterindex", "head", "tail", "join",
        "union", "addtotals", "fillmissing",
    ]
    private static let mostCommands = 100
    private static let mostNames = 500
    private static let mostStats = 2
    static let mostRows = 10_000

    init(_ source: String) throws(InsightsError) { parser = ExpressionParser(try TokenReader(source)) }

    mutating func commands() throws(InsightsError) -> [Command] {
        var commands: [Command] = []
        // A bar may stand before the first command.
        _ = parser.reader.take(symbol: "|")
        guard !parser.reader.isAtEnd else { throw parser.reader.unexpected("a query has at least one command") }
        repeat {
            commands.append(try command())
            guard commands.count <= Self.mostCommands else {
                throw InsightsError(
                    "a query has at most \(Self.mostCommands) commands", at: parser.reader.current.range)
            }
        } while parser.reader.take(symbol: "|")
        guard parser.reader.isAtEnd else { throw parser.reader.unexpected("| or the end is expected") }
        return commands
    }

    private mutating func command() throws(InsightsError) -> Command {
        let token = parser.reader.current
        guard let word = token.keyword else { throw parser.reader.unexpected("a command is expected") }
        parser.reader.advance()
        switch word {
        case "fields": return .fields(try names())
        case "display": return .display(try names())
        case "filter": return .filter(try plain("filter"))
        case "parse": return .parse(try parse())
        case "stats": return try stats(token)
        case "sort": return .sort(try sort())
        case "limit": return .limit(try limit())
        case "dedup": return .dedup(try names())
        default: throw InsightsError(Self.unknown(word), at: token.range)
        }
    }

    private static func unknown(_ word: String) -> String {
        if notServed.contains(word) {
            return "the command \(word) is not served here; \(commands.joined(separator: ", ")) are"
        }
        return "\(word) is no command; commands are \(commands.joined(separator: ", "))"
    }

    private mutating func plain(_ command: String) throws(InsightsError) -> Expression {
        let start = parser.reader.current
        let expression = try parser.expression()
        guard !expression.hasAggregate || command == "sort" else {
            throw InsightsError("aggregates stand in stats only", at: parser.reader.text(from: start).1)
        }
        return expression
    }

    private mutating func names() throws(InsightsError) -> [NamedExpression] {
        var all: [NamedExpression] = []
        repeat {
            all.append(try named())
            guard all.count <= Self.mostNames else {
                throw InsightsError("a command names at most \(Self.mostNames) fields", at: parser.reader.current.range)
            }
        } while parser.reader.take(symbol: ",")
        return all
    }

    private mutating func named() throws(InsightsError) -> NamedExpression {
        let start = parser.reader.current
        let expression = try parser.expression()
        let (text, range) = parser.reader.text(from: start)
        guard parser.reader.take(keyword: "as") else {
            var name = text
            if case .field(let field) = expression { name = field }
            return NamedExpression(expression: expression, name: name, isAlias: false, range: range)
        }
        return NamedExpression(expression: expression, name: try name(), isAlias: true, range: range)
    }

    private mutating func name() throws(InsightsError) -> String {
        switch parser.reader.current.kind {
        case .word(let name), .quotedField(let name):
            parser.reader.advance()
            return name
        default: throw parser.reader.unexpected("a name is expected")
        }
    }

    private mutating func stats(_ token: Token) throws(InsightsError) -> Command {
        stats += 1
        guard stats <= Self.mostStats else {
            throw InsightsError("a query has at most \(Self.mostStats) stats commands", at: token.range)
        }
        let values = try names()
        for value in values where !value.expression.hasAggregate && !value.expression.isMadeOfNames {
            throw InsightsError("\(value.name) is no aggregate such as count(*) or avg(@duration)", at: value.range)
        }
        guard parser.reader.take(keyword: "by") else { return .stats(values, by: []) }
        let groups = try names()
        if let group = groups.first(where: { $0.expression.hasAggregate }) {
            throw InsightsError("groups are made by fields, not by aggregates", at: group.range)
        }
        return .stats(values, by: groups)
    }

    private mutating func sort() throws(InsightsError) -> [SortKey] {
        // AWS's own sample queries write `sort by`.
        _ = parser.reader.take(keyword: "by")
        var keys: [SortKey] = []
        repeat {
            let start = parser.reader.current
            let expression = try plain("sort")
            let (text, range) = parser.reader.text(from: start)
            var name = text
            if case .field(let field) = expression { name = field }
            let isDescending = parser.reader.take(keyword: "desc")
            if !isDescending { _ = parser.reader.take(keyword: "asc") }
            keys.append(
                SortKey(
                    expression: NamedExpression(expression: expression, name: name, isAlias: false, range: range),
                    isDescending: isDescending))
        } while keys.count < 32 && parser.reader.take(symbol: ",")
        return keys
    }

    private mutating func limit() throws(InsightsError) -> Int {
        guard case .number(let number) = parser.reader.current.kind, (1...Double(Self.mostRows)).contains(number),
            number == number.rounded()
        else { throw parser.reader.unexpected("limit takes a whole number from 1 to \(Self.mostRows)") }
        parser.reader.advance()
        return Int(number)
    }

    private mutating func parse() throws(InsightsError) -> ParseCommand {
        let start = parser.reader.current
        if case .text = start.kind {
            throw parser.reader.unexpected("parse needs a field first, for instance @message")
        }
        var source = Expression.field("@message")
        var isRegex = false
        if case .regex = start.kind { isRegex = true }
        if !isRegex { source = try plain("parse") }
        let pattern = parser.reader.current
        switch pattern.kind {
        case .text(let glob):
            parser.reader.advance()
            let pieces = Self.pieces(glob)
            let names = try aliases()
            guard names.count == pieces.count - 1 else {
                throw InsightsError(
                    "the pattern has \(pieces.count - 1) wildcards and \(names.count) names stand behind as",
                    at: pattern.range)
            }
            return ParseCommand(source: source, pattern: .glob(pieces), names: names)
        case .regex:
            let regex = try parser.regex()
            return ParseCommand(source: source, pattern: .regex(regex), names: try names(of: regex, pattern))
        default: throw parser.reader.unexpected("a pattern in quotes or between / is expected")
        }
    }

    private mutating func aliases() throws(InsightsError) -> [String] {
        guard parser.reader.take(keyword: "as") else { throw parser.reader.unexpected("as and names are expected") }
        var names: [String] = []
        repeat { names.append(try name()) } while names.count <= Self.mostNames && parser.reader.take(symbol: ",")
        return names
    }

    private mutating func names(of regex: Regex, _ token: Token) throws(InsightsError) -> [String] {
        if parser.reader.current.keyword == "as" {
            let names = try aliases()
            guard names.count == regex.groupCount else {
                throw InsightsError(
                    "the expression has \(regex.groupCount) groups and \(names.count) names stand behind as",
                    at: token.range)
            }
            return names
        }
        guard regex.groupNames.contains(where: { $0 != nil }) else {
            throw InsightsError("the expression has no named group such as (?<user>\\w+)", at: token.range)
        }
        return regex.groupNames.map { $0 ?? "" }
    }

    /// What stands around the wildcards.
    private static func pieces(_ glob: [UInt8]) -> [[UInt8]] {
        glob.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
    }
}

extension Expression {
    /// Arithmetic over names and numbers: what may stand beside aggregates, over the names that they got.
    fileprivate var isMadeOfNames: Bool {
        switch self {
        case .field, .number: true
        case .arithmetic(_, let left, let right): left.isMadeOfNames && right.isMadeOfNames
        case .negated(let inner): inner.isMadeOfNames
        case .call(_, let arguments): arguments.allSatisfy(\.isMadeOfNames)
        default: false
        }
    }
}
