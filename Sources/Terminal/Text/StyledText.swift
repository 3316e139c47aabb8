/// Text in runs that look different.
package struct StyledText: Hashable, Sendable {
    package struct Run: Hashable, Sendable {
        package var text: String
        package var style: Style
    }

    package private(set) var runs: [Run] = []

    package init() {}

    package init(_ text: String, _ style: Style = .plain) {
        append(text, style)
    }

    package init(_ text: String, _ role: Role) {
        append(text, Style(role))
    }

    package init(_ runs: [Run]) {
        self.runs = runs
    }

    package mutating func append(_ text: String, _ style: Style = .plain) {
        guard !text.isEmpty else { return }
        runs.append(Run(text: text, style: style))
    }

    package mutating func append(_ text: String, _ role: Role) {
        append(text, Style(role))
    }

    package mutating func append(_ other: StyledText) {
        runs.append(contentsOf: other.runs)
    }

    package static func + (left: StyledText, right: StyledText) -> StyledText {
        var sum = left
        sum.append(right)
        return sum
    }

    /// The columns that the text takes.
    package var width: Int { runs.reduce(0) { $0 + Text.width($1.text) } }

    package var text: String { runs.map(\.text).joined() }
    package var isEmpty: Bool { runs.isEmpty }
}

extension StyledText: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) {
        self.init(value)
    }
}
