/// A query of CloudWatch Logs Insights.
package struct InsightsQuery: Hashable, Sendable {
    package let source: String
    let plan: Plan
    /// A text in lower case that every line has which can count.
    package let needle: [UInt8]?

    /// Characters of a query (botocore, `QueryString`).
    package static let longest = 10_000
    /// Rows of an answer where the query has no limit.
    package static let defaultLimit = 10_000

    /// - Throws: ``InsightsError`` that names the word and says what was expected.
    package init(parsing source: String) throws(InsightsError) {
        guard source.utf8.count <= Self.longest else {
            throw InsightsError("a query has at most \(Self.longest) characters", at: Self.longest..<source.utf8.count)
        }
        self.source = source
        var parser = try QueryParser(source)
        let commands = try parser.commands()
        plan = try Planner.plan(commands)
        needle = plan.stages.first?.filters.compactMap(\.needle).max { $0.count < $1.count }
    }

    package static func == (left: InsightsQuery, right: InsightsQuery) -> Bool { left.source == right.source }

    package func hash(into hasher: inout Hasher) { hasher.combine(source) }
}

extension Expression {
    /// A text in lower case that a line has for which the condition holds.
    fileprivate var needle: [UInt8]? {
        switch self {
        case .like(.line(.message), .text(let text)): text.count > 1 ? text.map(Self.lower) : nil
        case .like(.line(.message), .regex(let regex)):
            regex.program.literal.count > 1 ? regex.program.literal.map(Self.lower) : nil
        case .and(let left, let right):
            [left.needle, right.needle].compactMap { $0 }.max { $0.count < $1.count }
        default: nil
        }
    }

    private static func lower(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
