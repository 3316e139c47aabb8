/// A picture of numbers: `#,##0.00` (XPath's format-number).
struct NumberPicture {
    struct Symbols {
        var decimal = "."
        var grouping = ","
        var exponent = "e"
        var minus = "-"
        var infinity = "Infinity"
        var nan = "NaN"
        var percent = "%"
        var perMille = "‰"
        var zero: Unicode.Scalar = "0"
        var digit = "#"
        var pattern = ";"

        func isDigit(_ scalar: Unicode.Scalar) -> Bool { (zero.value...zero.value + 9).contains(scalar.value) }

        func isActive(_ scalar: Unicode.Scalar) -> Bool {
            isDigit(scalar) || [decimal, grouping, exponent, digit, pattern].contains(String(Character(scalar)))
        }
    }

    let text: [Unicode.Scalar]
    let symbols: Symbols
    var prefix: [Unicode.Scalar] = []
    var suffix: [Unicode.Scalar] = []
    var active: [Unicode.Scalar] = []
    var mantissa: [Unicode.Scalar] = []
    var exponent: [Unicode.Scalar]?
    var integer: [Unicode.Scalar] = []
    var fraction: [Unicode.Scalar] = []

    var integerGroups: [Int] = []
    var fractionGroups: [Int] = []
    var groupEvery = 0
    var leastInteger = 0
    var leastFraction = 0
    var mostFraction = 0
    var leastExponent = 0
    var scale = 0

    init(_ picture: String, _ symbols: Symbols) throws(JSONataError) {
        self.symbols = symbols
        text = Array(picture.unicodeScalars)
        split()
        try validate()
        analyse()
    }

    private func isDigit(_ scalar: Unicode.Scalar) -> Bool { symbols.isDigit(scalar) }

    private func isOptionalDigit(_ scalar: Unicode.Scalar) -> Bool { String(Character(scalar)) == symbols.digit }

    private func place(of symbol: String, in part: [Unicode.Scalar]) -> Int? {
        part.firstIndex { String(Character($0)) == symbol }
    }

    /// How often a symbol, of one character or more, stands in the picture.
    func count(of symbol: String) -> Int {
        let wanted = Array(symbol.unicodeScalars)
        guard !wanted.isEmpty, wanted.count <= text.count else { return 0 }
        return (0...(text.count - wanted.count)).count { text[$0..<$0 + wanted.count].elementsEqual(wanted) }
    }

    private mutating func split() {
        let isEdge = { [symbols] (scalar: Unicode.Scalar) in
            !symbols.isActive(scalar) || String(Character(scalar)) == symbols.exponent
        }
        let first = text.firstIndex { !isEdge($0) } ?? 0
        let last = text.lastIndex { !isEdge($0) } ?? text.count - 1
        prefix = Array(text[..<first])
        suffix = Array(text[min(last + 1, text.count)...])
        active = first <= last ? Array(text[first...last]) : []
        mantissa = active
        if let place = place(of: symbols.exponent, in: active) {
            mantissa = Array(active[..<place])
            exponent = Array(active[(place + 1)...])
        }
        integer = mantissa
        if let place = place(of: symbols.decimal, in: mantissa) {
            integer = Array(mantissa[..<place])
            fraction = Array(mantissa[(place + 1)...])
        }
    }

    private func validate() throws(JSONataError) {
        var fault: JSONataError?
        let isFaulty = { (condition: Bool, code: String, message: String) in
            if condition { fault = JSONataError(code, message) }
        }
        isFaulty(
            count(of: symbols.decimal) > 1, "D3081",
            "The sub-picture of the formatNumber function cannot contain more than one decimal separator")
        isFaulty(
            count(of: symbols.percent) > 1, "D3082",
            "The sub-picture of the formatNumber function cannot contain more than one percent character")
        isFaulty(
            count(of: symbols.perMille) > 1, "D3083",
            "The sub-picture of the formatNumber function cannot contain more than one per-mille character")
        let scales = count(of: symbols.percent) + count(of: symbols.perMille)
        isFaulty(
            count(of: symbols.percent) > 0 && count(of: symbols.perMille) > 0, "D3084",
            "The sub-picture of the formatNumber function cannot contain both a percent and a per-mille character")
        isFaulty(
            !mantissa.contains { isDigit($0) || isOptionalDigit($0) }, "D3085",
            "The mantissa part of a sub-picture must contain at least one character that is either an optional digit or a digit"
        )
        isFaulty(
            active.contains { !symbols.isActive($0) }, "D3086",
            "The sub-picture of the formatNumber function must not contain a passive character that is preceded by an active one and followed by another"
        )
        validateSeparators(isFaulty)
        if let exponent {
            isFaulty(
                !exponent.isEmpty && scales > 0, "D3092",
                "A sub-picture that contains a percent or per-mille character must not contain a character treated as an exponent separator"
            )
            isFaulty(
                exponent.isEmpty || !exponent.allSatisfy(isDigit), "D3093",
                "The exponent part of the sub-picture must comprise one or more digit characters")
        }
        if let fault { throw fault }
    }

    private func validateSeparators(_ isFaulty: (Bool, String, String) -> Void) {
        let isGrouping = { (scalar: Unicode.Scalar?) in scalar.map { String(Character($0)) } == symbols.grouping }
        if let place = place(of: symbols.decimal, in: text) {
            isFaulty(
                isGrouping(place > 0 ? text[place - 1] : nil)
                    || isGrouping(place + 1 < text.count ? text[place + 1] : nil), "D3087",
                "The sub-picture must not contain a grouping separator that appears adjacent to a decimal separator")
        } else {
            isFaulty(
                isGrouping(integer.last), "D3088",
                "The sub-picture must not contain a grouping separator at the end of the integer part")
        }
        isFaulty(
            Swift.zip(text, text.dropFirst()).contains { isGrouping($0) && isGrouping($1) }, "D3089",
            "The sub-picture must not contain two adjacent instances of the grouping separator")
        if let place = integer.lastIndex(where: isOptionalDigit) {
            isFaulty(
                integer[..<place].contains(where: isDigit), "D3090",
                "The integer part of the sub-picture must not contain a digit that is followed by an optional digit")
        }
        if let place = fraction.firstIndex(where: isOptionalDigit) {
            isFaulty(
                fraction[place...].contains(where: isDigit), "D3091",
                "The fractional part of the sub-picture must not contain an optional digit that is followed by a digit")
        }
    }

    private mutating func analyse() {
        let isAnyDigit = { [symbols] (scalar: Unicode.Scalar) in
            symbols.isDigit(scalar) || String(Character(scalar)) == symbols.digit
        }
        for (place, scalar) in integer.enumerated() where String(Character(scalar)) == symbols.grouping {
            integerGroups.append(integer[place...].count(where: isAnyDigit))
        }
        for (place, scalar) in fraction.enumerated() where String(Character(scalar)) == symbols.grouping {
            fractionGroups.append(fraction[..<place].count(where: isAnyDigit))
        }
        groupEvery = IntegerPicture.regularDistance(integerGroups)
        leastInteger = integer.count(where: isDigit)
        scale = leastInteger
        leastFraction = fraction.count(where: isDigit)
        mostFraction = fraction.count(where: isAnyDigit)
        if leastInteger == 0, mostFraction == 0 {
            if exponent == nil {
                leastInteger = 1
            } else {
                (leastFraction, mostFraction) = (1, 1)
            }
        }
        if exponent != nil, leastInteger == 0, integer.contains(where: isOptionalDigit) { leastInteger = 1 }
        if leastInteger == 0, leastFraction == 0 { leastFraction = 1 }
        leastExponent = exponent?.count(where: isDigit) ?? 0
    }
}
