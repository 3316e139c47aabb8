/// A function as a value.
final class Function {
    enum Kind {
        case builtin(Builtin)
        case lambda(Lambda, Frame?, input: Value)
        /// `nil` for what is still to be given.
        case partial(Function, [Value?])
        case composed(Function, Function)
        case transform(Transform, Frame?)
        case pattern(Pattern)
        /// Goes on with a pattern in a text, from a scalar.
        case next(Pattern, PatternText, from: Int)
    }

    let kind: Kind
    let depth: Int

    init(_ kind: Kind) {
        self.kind = kind
        switch kind {
        case .lambda(_, let frame, _), .transform(_, let frame): depth = (frame?.depth ?? 0) + 1
        case .partial(let function, let arguments):
            var deepest = function.depth
            for argument in arguments { deepest = max(deepest, argument?.depth ?? 0) }
            depth = deepest + 1
        case .composed(let first, let second): depth = max(first.depth, second.depth) + 1
        case .builtin, .pattern, .next: depth = 1
        }
    }

    /// The frame that a lambda was made in.
    var home: Frame? {
        switch kind {
        case .lambda(_, let frame, _), .transform(_, let frame): frame
        default: nil
        }
    }

    /// How many arguments a higher-order function gives.
    var arity: Int {
        switch kind {
        case .builtin(let builtin): builtin.arity
        case .lambda(let lambda, _, _): lambda.parameters.count
        case .partial(_, let arguments): arguments.count { $0 == nil }
        case .composed, .transform: 1
        case .pattern: 2
        case .next: 0
        }
    }
}

/// A function of the library.
struct Builtin: Sendable {
    /// - Parameters:
    ///   - arguments: as the signature ordered and completed them.
    ///   - input: the context.
    typealias Body =
        @Sendable (_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value

    let name: String
    let arity: Int
    let signature: Signature?
    let body: Body
}

/// What a function was given; beyond the end everything is undefined.
struct Arguments {
    var values: [Value]

    var count: Int { values.count }

    subscript(place: Int) -> Value { place < values.count ? values[place] : .undefined }
}
