package import JSON

/// Where a payload path begins: `$`, `$$` or `$name`.
package enum PathSource: Hashable, Sendable {
    case input
    case context
    case variable(String)
}

/// A path of a `…Path` or `.$` field: `$.a` of the input, `$$.Execution.Id` of the context object, `$name.a` of a variable.
package struct PayloadPath: Hashable, Sendable {
    package let text: String
    package let source: PathSource
    /// The way inside the source, from `$`.
    package let path: JSONPath

    package init(_ text: String) throws(JSONPathError) {
        self.text = text
        guard text.unicodeScalars.first == "$" else {
            throw JSONPathError("Invalid path '\(text)': '$' is missing at position 0")
        }
        let rest = text.unicodeScalars.dropFirst()
        if rest.first == "$" {
            source = .context
            path = try JSONPath("$" + String(rest.dropFirst()))
            return
        }
        let name = rest.prefix { $0 != "." && $0 != "[" }
        guard let first = name.first else {
            source = .input
            path = try JSONPath(text)
            return
        }
        guard first.properties.isIDStart || first == "_", name.allSatisfy({ $0.properties.isIDContinue || $0 == "_" })
        else {
            throw JSONPathError("Invalid path '\(text)': a '.' or '[' is missing at position 1")
        }
        source = .variable(String(name))
        path = try JSONPath("$" + String(rest[name.endIndex...]))
    }

    package var isReference: Bool { path.isReference }

    /// - Returns: `nil` when a definite path leads nowhere, or there is no such variable.
    package func value(input: JSON, context: JSON, variables: [String: JSON]) -> JSON? {
        switch source {
        case .input: path.value(in: input)
        case .context: path.value(in: context)
        case .variable(let name): variables[name].flatMap { path.value(in: $0) }
        }
    }
}
