/// The variables of a block or a call.
final class Frame {
    let parent: Frame?
    private var firstSymbol = -1
    private var firstValue = Value.undefined
    private var secondSymbol = -1
    private var secondValue = Value.undefined
    private var more: [(symbol: Int, value: Value)] = []
    /// How many closures and frames hang on this one.
    private(set) var depth: Int

    init(parent: Frame?) {
        self.parent = parent
        depth = (parent?.depth ?? 0) + 1
    }

    func bind(_ symbol: Int, _ value: Value) throws(JSONataError) {
        let added = value.depth
        if added > 0 {
            // A closure over this very frame makes a circle, no longer chain.
            if value.function?.home !== self { depth = max(depth, added + 1) }
            guard depth <= List.deepest else { throw JSONataError.nestsTooDeep }
        }
        if firstSymbol == symbol || firstSymbol < 0 {
            firstSymbol = symbol
            firstValue = value
        } else if secondSymbol == symbol || secondSymbol < 0 {
            secondSymbol = symbol
            secondValue = value
        } else if let place = more.firstIndex(where: { $0.symbol == symbol }) {
            more[place].value = value
        } else {
            more.append((symbol, value))
        }
    }

    /// - Returns: `nil` when this frame does not bind the variable.
    @inline(__always)
    func lookup(_ symbol: Int) -> Value? {
        if firstSymbol == symbol { return firstValue }
        if secondSymbol == symbol { return secondValue }
        if more.isEmpty { return nil }
        return more.first { $0.symbol == symbol }?.value
    }

    /// Lets go of everything, so that closures over their own frame leave no circle behind.
    func clear() {
        firstValue = .undefined
        secondValue = .undefined
        more.removeAll()
    }
}
