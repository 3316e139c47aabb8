/// The functions that every expression can call.
enum Library {
    static let standard: [String: Builtin] = table(
        common + [
            Builtin("eval", 2, "<sx?:x>", evaluateText),
            Builtin("random", 0, "<:n>", random),
        ])

    static let stepFunctions: [String: Builtin] = table(common + stepFunctionsOnly)

    private static let common =
        strings + patterns + encodings + numbers + formats + logic + arrays + objects + higherOrder
        + dates

    private static func table(_ builtins: [Builtin]) -> [String: Builtin] {
        Dictionary(builtins.map { ($0.name, $0) }, uniquingKeysWith: { _, later in later })
    }
}

extension Builtin {
    init(_ name: String, _ arity: Int, _ signature: String, _ body: @escaping Body) {
        self.init(name: name, arity: arity, signature: try? Signature(signature), body: body)
    }
}
