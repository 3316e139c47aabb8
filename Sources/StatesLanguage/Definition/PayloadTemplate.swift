package import JSON
package import JSONata

/// JSON in which some values are paths, intrinsic functions or expressions, read once.
package indirect enum PayloadTemplate: Hashable, Sendable {
    case constant(JSON)
    case reference(DataReference)
    case intrinsic(IntrinsicExpression)
    /// The text between `{%` and `%}`.
    case expression(JSONataExpression)
    case array([PayloadTemplate])
    case object([Member])
    /// A path or expression that cannot be read: its text, and why.
    case unreadable(text: String, reason: String)

    package struct Member: Hashable, Sendable {
        /// Without `.$`.
        package var name: String
        package var value: PayloadTemplate
    }

    package init(_ source: JSON, language: QueryLanguage) {
        self.init(source, language: language, level: 0)
    }

    private init(_ source: JSON, language: QueryLanguage, level: Int) {
        switch source {
        case .string(let text) where language == .jsonata:
            self = PayloadTemplate.expressionText(text).map(PayloadTemplate.reading(expression:)) ?? .constant(source)
        case .array(let values) where level < JSON.defaultDepth:
            let parts = values.map { PayloadTemplate($0, language: language, level: level + 1) }
            self = parts.allSatisfy(\.isConstant) ? .constant(source) : .array(parts)
        case .object(let object) where level < JSON.defaultDepth:
            let members = zip(object.keys, object.values).map { key, value in
                Self.member(key, value, language: language, level: level)
            }
            let isConstant = members.allSatisfy(\.value.isConstant)
            self = isConstant ? .constant(source) : .object(members)
        default: self = .constant(source)
        }
    }

    private static func member(_ key: String, _ value: JSON, language: QueryLanguage, level: Int) -> Member {
        guard language == .jsonPath, key.hasSuffix(".$"), let text = value.string else {
            return Member(name: key, value: PayloadTemplate(value, language: language, level: level + 1))
        }
        return Member(name: String(key.dropLast(2)), value: reading(path: text))
    }

    package var isConstant: Bool {
        guard case .constant = self else { return false }
        return true
    }

    package var constant: JSON? {
        guard case .constant(let value) = self else { return nil }
        return value
    }
}

extension PayloadTemplate {
    /// A path, or a call of an intrinsic function.
    static func reading(path text: String) -> PayloadTemplate {
        do throws(JSONPathError) {
            return text.hasPrefix("$")
                ? .reference(try DataReference(text)) : .intrinsic(try IntrinsicExpression(text))
        } catch {
            return .unreadable(text: text, reason: error.message)
        }
    }

    static func reading(expression text: String) -> PayloadTemplate {
        do throws(JSONataError) {
            return .expression(try JSONataExpression(text))
        } catch {
            return .unreadable(text: text, reason: error.message)
        }
    }

    /// - Returns: what stands between `{%` and `%}`, without the spaces around it; `nil` for other text.
    package static func expressionText(_ text: String) -> String? {
        guard text.utf8.count >= 4, text.hasPrefix("{%"), text.hasSuffix("%}") else { return nil }
        let isSpace: (Character) -> Bool = { $0 == " " || $0.isNewline || $0 == "\t" }
        let inner = text.dropFirst(2).dropLast(2).drop(while: isSpace)
        guard let last = inner.lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(inner[...last])
    }

    /// A field that has a `…Path` beside it: `Seconds` and `SecondsPath`, `Error` and `ErrorPath`.
    static func field(_ name: String, of source: JSON, language: QueryLanguage) -> PayloadTemplate? {
        if language == .jsonPath, let text = source[name + "Path"]?.string { return reading(path: text) }
        return source[name].map { PayloadTemplate($0, language: language) }
    }
}
