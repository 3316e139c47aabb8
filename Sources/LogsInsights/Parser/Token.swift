struct Token: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// A field, function, command or keyword.
        case word(String)
        /// In backticks: always a field.
        case quotedField(String)
        case number(Double)
        case period(InsightsPeriod)
        case text([UInt8])
        case regex(String)
        case symbol(String)
        case end
    }

    var kind: Kind
    var range: Range<Int>

    /// The word in lower case, for keywords.
    var keyword: String? {
        if case .word(let word) = kind { word.lowercased() } else { nil }
    }

    func isSymbol(_ text: String) -> Bool { kind == .symbol(text) }
}
