import JSON

/// Text in single quotes as it was written, in pieces: an escaped brace is no placeholder.
struct IntrinsicText: Hashable, Sendable {
    enum Piece: Hashable, Sendable {
        case text(String)
        /// `{}`
        case placeholder
        /// A brace that is neither escaped nor part of a placeholder; a template must have none.
        case brace(String)
    }

    var pieces: [Piece]

    /// The text where placeholders mean nothing.
    var string: String {
        pieces.map { piece in
            switch piece {
            case .text(let text), .brace(let text): text
            case .placeholder: "{}"
            }
        }.joined()
    }

    /// The pieces of a template that comes from data: a backslash takes the meaning of a brace away.
    static func pieces(of template: String) -> [Piece] {
        var builder = Builder()
        var scalars = template.unicodeScalars[...]
        while let scalar = scalars.popFirst() {
            if scalar == "\\", let next = scalars.first, "{}\\'".unicodeScalars.contains(next) {
                scalars.removeFirst()
                builder.append(next)
            } else if scalar == "{", scalars.first == "}" {
                scalars.removeFirst()
                builder.endWithPlaceholder()
            } else if scalar == "{" || scalar == "}" {
                builder.append(brace: scalar)
            } else {
                builder.append(scalar)
            }
        }
        return builder.finished()
    }

    struct Builder {
        private var pieces: [Piece] = []
        private var text = String.UnicodeScalarView()

        mutating func append(_ scalar: Unicode.Scalar) { text.append(scalar) }

        mutating func append(brace: Unicode.Scalar) {
            flush()
            pieces.append(.brace(String(brace)))
        }

        mutating func endWithPlaceholder() {
            flush()
            pieces.append(.placeholder)
        }

        mutating func finished() -> [Piece] {
            flush()
            return pieces
        }

        private mutating func flush() {
            if !text.isEmpty { pieces.append(.text(String(text))) }
            text = String.UnicodeScalarView()
        }
    }
}

enum IntrinsicFormat {
    /// Puts the arguments into the places; there must be as many of them.
    static func format(_ pieces: [IntrinsicText.Piece], _ arguments: ArraySlice<JSON>) throws(IntrinsicFailure) -> JSON
    {
        var rest = arguments
        var text = ""
        for piece in pieces {
            switch piece {
            case .text(let part): text += part
            case .brace: throw .invalidArguments(of: .format)
            case .placeholder:
                guard let argument = rest.popFirst() else { throw .invalidArguments(of: .format) }
                guard argument.array == nil, argument.object == nil else { throw .invalidArguments(of: .format) }
                text += argument.string ?? argument.text
            }
        }
        guard rest.isEmpty else { throw .invalidArguments(of: .format) }
        return .string(text)
    }
}
