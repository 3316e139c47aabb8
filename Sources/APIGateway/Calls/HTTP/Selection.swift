import AWSCore
import JSON
import StatesLanguage

/// Text with expressions such as `$request.header.name`, `$context.requestId` or `${stageVariables.name}` in it.
struct Selection: Sendable {
    private enum Part: Sendable {
        case text(String)
        case expression(String)
    }

    private let parts: [Part]
    /// It is one expression and nothing else: without a value there is nothing.
    private let isSingle: Bool

    private static let roots = ["request.", "response.", "context.", "stageVariables.", "request", "response"]

    init(_ source: String) {
        var parts: [Part] = []
        var rest = source[...]
        var text = ""
        while let dollar = rest.firstIndex(of: "$") {
            text += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            let isBraced = rest.hasPrefix("{")
            let body = isBraced ? rest.dropFirst() : rest
            guard Self.roots.contains(where: { body.hasPrefix($0) }) else {
                text += "$"
                continue
            }
            let expression = body.prefix { isBraced ? $0 != "}" : Self.belongs($0) }
            if !text.isEmpty { parts.append(.text(text)) }
            text = ""
            parts.append(.expression(String(expression)))
            rest = body.dropFirst(expression.count + (isBraced ? 1 : 0))
        }
        text += rest
        if !text.isEmpty { parts.append(.text(text)) }
        self.parts = parts
        isSingle = if case .expression? = parts.first { parts.count == 1 } else { false }
    }

    private static func belongs(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || "._-[]'\"*@$".contains(character)
    }

    /// - Parameter look: gives the value of an expression.
    /// - Returns: `nil` when it is one expression without a value.
    func text(_ look: (String) -> String?) -> String? {
        if isSingle, case .expression(let expression)? = parts.first { return look(expression) }
        return parts.reduce(into: "") { text, part in
            switch part {
            case .text(let literal): text += literal
            case .expression(let expression): text += look(expression) ?? ""
            }
        }
    }
}

/// Looks into a JSON body.
enum BodyPath {
    /// - Parameter path: what stands behind `body.`, with or without `$.`.
    static func text(_ path: some StringProtocol, in body: [UInt8]) -> String? {
        let whole = path.hasPrefix("$") ? String(path) : "$." + path
        guard let json = try? JSON(parsing: body), let value = try? JSONPath(whole).value(in: json) else { return nil }
        return value.isNull ? nil : value.string ?? value.text
    }
}
