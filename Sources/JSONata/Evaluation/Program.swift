/// A compiled expression and the names of its variables.
final class Program: Sendable {
    let body: Node
    let symbols: [String]
    /// The library's functions by symbol, per dialect.
    let standard: [Builtin?]
    let stepFunctions: [Builtin?]
    let freeVariables: Set<String>
    let statesMembers: Set<String>

    /// Compiles on this stack what is flat, and on a larger one what nests.
    ///
    /// - Parameter symbols: those that are known already, for an expression inside another.
    static func compile(_ text: String, symbols: [String] = []) throws(JSONataError) -> Program {
        let small = Parser.Limits(nesting: 16, height: 24)
        do throws(JSONataError) {
            return try Program(text, symbols: symbols, limits: small)
        } catch {
            guard error.code == "U1001" else { throw error }
        }
        let large = Parser.Limits(nesting: 250, height: 500)
        let result: Result<Program, JSONataError> = LargeStack.run {
            Result { () throws(JSONataError) in try Program(text, symbols: symbols, limits: large) }
        }
        return try result.get()
    }

    private init(_ text: String, symbols: [String], limits: Parser.Limits) throws(JSONataError) {
        let syntax = try Resolver.resolve(try Parser.parse(text, limits: limits))
        var compiler = Compiler(symbols: symbols)
        body = compiler.compile(syntax)
        self.symbols = compiler.symbols
        standard = compiler.symbols.map { Library.standard[$0] }
        stepFunctions = compiler.symbols.map { Library.stepFunctions[$0] }
        let usage = VariableUsage(of: body, symbols: compiler.symbols)
        freeVariables = usage.free
        statesMembers = usage.statesMembers
    }
}
