import JSON

/// Reads the text of a call.
struct IntrinsicParser {
    private let text: String
    private let scalars: [Unicode.Scalar]
    private var offset = 0

    /// Calls inside of calls, as the service allows.
    static let depthLimit = 10

    init(_ text: String) {
        self.text = text
        scalars = Array(text.unicodeScalars)
    }

    mutating func wholeCall() throws(JSONPathError) -> IntrinsicCall {
        skipSpace()
        let call = try call(depth: 1)
        skipSpace()
        guard offset == scalars.count else { throw problem("more text after the call") }
        return call
    }

    private var current: Unicode.Scalar? { offset < scalars.count ? scalars[offset] : nil }

    private func problem(_ problem: String) -> JSONPathError {
        JSONPathError("Invalid intrinsic function call '\(text)': \(problem) at position \(offset)")
    }

    private mutating func skipSpace() {
        while let current, current.properties.isWhitespace { offset += 1 }
    }

    private mutating func call(depth: Int) throws(JSONPathError) -> IntrinsicCall {
        guard depth <= Self.depthLimit else { throw problem("more than \(Self.depthLimit) calls inside each other") }
        let name = word()
        guard let function = IntrinsicFunction(rawValue: name) else {
            throw problem("'\(name)' is no intrinsic function")
        }
        skipSpace()
        guard current == "(" else { throw problem("'(' is missing") }
        offset += 1
        let arguments = try arguments(depth: depth)
        return IntrinsicCall(function: function, arguments: arguments)
    }

    private mutating func arguments(depth: Int) throws(JSONPathError) -> [IntrinsicCall.Argument] {
        var arguments: [IntrinsicCall.Argument] = []
        skipSpace()
        if current == ")" {
            offset += 1
            return arguments
        }
        while true {
            skipSpace()
            arguments.append(try argument(depth: depth))
            skipSpace()
            guard let separator = current, separator == "," || separator == ")" else {
                throw problem("',' or ')' is missing")
            }
            offset += 1
            if separator == ")" { return arguments }
        }
    }

    private mutating func argument(depth: Int) throws(JSONPathError) -> IntrinsicCall.Argument {
        switch current {
        case "'": return .text(try quoted())
        case "$": return .path(try path())
        case "S": return .call(try call(depth: depth + 1))
        default: return .literal(try literal())
        }
    }

    private mutating func word() -> String {
        taking { $0.properties.isAlphabetic || $0 == "." || ("0"..."9").contains($0) }
    }

    private mutating func taking(while accepts: (Unicode.Scalar) -> Bool) -> String {
        var taken = String.UnicodeScalarView()
        while let current, accepts(current) {
            taken.append(current)
            offset += 1
        }
        return String(taken)
    }

    /// A number, `true`, `false` or `null`.
    private mutating func literal() throws(JSONPathError) -> JSON {
        let start = offset
        let text = taking {
            $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-" || $0 == "+" || $0 == "."
        }
        guard let value = try? JSON(parsing: text) else {
            offset = start
            throw problem("an argument is missing")
        }
        return value
    }

    /// Only quotes, braces and backslashes can be escaped.
    private mutating func quoted() throws(JSONPathError) -> IntrinsicText {
        offset += 1
        var builder = IntrinsicText.Builder()
        while let scalar = current {
            offset += 1
            switch scalar {
            case "'": return IntrinsicText(pieces: builder.finished())
            case "\\":
                guard let escaped = current, "'{}\\".unicodeScalars.contains(escaped) else {
                    throw problem("an unknown escape")
                }
                offset += 1
                builder.append(escaped)
            case "{" where current == "}":
                offset += 1
                builder.endWithPlaceholder()
            case "{", "}": builder.append(brace: scalar)
            default: builder.append(scalar)
            }
        }
        throw problem("a closing quote is missing")
    }

    /// Everything up to the comma or parenthesis that does not belong to the path.
    private mutating func path() throws(JSONPathError) -> PayloadPath {
        var path = String.UnicodeScalarView()
        var open = 0
        var quote: Unicode.Scalar?
        while let scalar = current {
            if quote == nil, open == 0, scalar == "," || scalar == ")" { break }
            path.append(scalar)
            offset += 1
            if scalar == "\\", let escaped = current {
                path.append(escaped)
                offset += 1
            } else if let open = quote {
                if scalar == open { quote = nil }
            } else if scalar == "'" || scalar == "\"" {
                quote = scalar
            } else if scalar == "(" || scalar == "[" {
                open += 1
            } else if scalar == ")" || scalar == "]" {
                open -= 1
            }
        }
        while let last = path.last, last.properties.isWhitespace { path.removeLast() }
        return try PayloadPath(String(path))
    }
}
