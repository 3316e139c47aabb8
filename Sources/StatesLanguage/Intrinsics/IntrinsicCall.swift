import JSON

/// A function with its arguments.
struct IntrinsicCall: Hashable, Sendable {
    var function: IntrinsicFunction
    var arguments: [Argument]

    indirect enum Argument: Hashable, Sendable {
        case literal(JSON)
        /// Text of which `States.Format` still has to see the escapes.
        case text(IntrinsicText)
        case path(PayloadPath)
        case call(IntrinsicCall)
    }

    func value(
        lookup: (PayloadPath) -> JSON?, random: () -> UInt64
    ) throws(IntrinsicFailure) -> JSON {
        var values: [JSON] = []
        for argument in arguments { values.append(try argument.value(lookup: lookup, random: random)) }
        guard function.arity.contains(values.count) else { throw .invalidArguments(of: function) }
        if function == .format { return try format(values) }
        return try function.apply(values, random: random)
    }

    private func format(_ values: [JSON]) throws(IntrinsicFailure) -> JSON {
        if case .text(let text) = arguments.first { return try IntrinsicFormat.format(text.pieces, values.dropFirst()) }
        guard let template = values.first?.string else { throw .invalidArguments(of: .format) }
        return try IntrinsicFormat.format(IntrinsicText.pieces(of: template), values.dropFirst())
    }

    var paths: [PayloadPath] {
        arguments.flatMap { argument -> [PayloadPath] in
            switch argument {
            case .literal, .text: []
            case .path(let path): [path]
            case .call(let call): call.paths
            }
        }
    }
}

extension IntrinsicCall.Argument {
    fileprivate func value(
        lookup: (PayloadPath) -> JSON?, random: () -> UInt64
    ) throws(IntrinsicFailure) -> JSON {
        switch self {
        case .literal(let literal): return literal
        case .text(let text): return .string(text.string)
        case .call(let call): return try call.value(lookup: lookup, random: random)
        case .path(let path):
            if let value = lookup(path) { return value }
            throw IntrinsicFailure(cause: "The JSONPath '\(path.text)' could not be found", missingPath: path)
        }
    }
}

extension IntrinsicFailure {
    static func invalidArguments(of function: IntrinsicFunction) -> IntrinsicFailure {
        IntrinsicFailure(cause: "Invalid arguments in \(function.rawValue)")
    }
}
