import JSON

/// A path with the document that it leads into.
package struct DataReference: Hashable, Sendable {
    /// As written: `$.a`, `$$.Execution.Id`, `$name.b`.
    package let text: String
    package let root: Root
    package let path: JSONPath

    package enum Root: Hashable, Sendable {
        case input
        /// `$$`.
        case context
        /// `$name`, without the `$`.
        case variable(String)
    }

    package init(_ text: String) throws(JSONPathError) {
        self.text = text
        guard text.hasPrefix("$") else { throw JSONPathError("A path begins with $") }
        let rest = text.dropFirst()
        if rest.hasPrefix("$") {
            root = .context
            path = try JSONPath(String(rest))
            return
        }
        let name = rest.prefix { $0 == "_" || $0.isLetter || $0.isNumber }
        root = name.isEmpty ? .input : .variable(String(name))
        path = try JSONPath("$" + rest.dropFirst(name.count))
    }

    package var isWholeInput: Bool { text == "$" }
}

/// `InputPath`, `OutputPath` and `ItemsPath`.
package enum PathField: Hashable, Sendable {
    /// Absent, or `$`.
    case whole
    /// `null`: an empty object.
    case none
    case path(DataReference)
    /// Text that is no path.
    case unreadable(String)

    init(_ source: JSON?) {
        switch source {
        case nil: self = .whole
        case .null?: self = .none
        case .string(let text)?:
            guard text != "$" else {
                self = .whole
                return
            }
            self = (try? DataReference(text)).map(PathField.path) ?? .unreadable(text)
        default: self = .unreadable(source?.text ?? "")
        }
    }
}

package enum ResultPathField: Hashable, Sendable {
    /// Absent, or `$`: the result takes the place of the input.
    case whole
    /// `null`: the result is thrown away.
    case discard
    case path(JSONPath)
    case unreadable(String)

    init(_ source: JSON?) {
        switch source {
        case nil, .string("$")?: self = .whole
        case .null?: self = .discard
        case .string(let text)?: self = (try? JSONPath(text)).map(ResultPathField.path) ?? .unreadable(text)
        default: self = .unreadable(source?.text ?? "")
        }
    }
}
