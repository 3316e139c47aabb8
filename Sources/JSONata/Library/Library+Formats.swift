extension Library {
    static let formats = [
        Builtin("formatNumber", 3, "<n-so?:s>", formatNumber),
        Builtin("formatBase", 2, "<n-n?:s>", formatBase),
        Builtin("formatInteger", 2, "<n-s:s>", formatInteger),
        Builtin("parseInteger", 2, "<s-s:n>", parseInteger),
    ]

    static func formatNumber(
        _ evaluator: Evaluator, _ arguments: Arguments, _ input: Value
    ) throws(JSONataError) -> Value {
        guard let value = arguments[0].number else { return .undefined }
        let symbols = symbols(arguments[2])
        let parts = pictureParts(arguments[1].string ?? "", symbols.pattern)
        guard parts.count <= 2 else {
            throw JSONataError(
                "D3080",
                "The picture string of the formatNumber function must only contain a maximum of two sub-pictures")
        }
        try evaluator.spend((arguments[1].string ?? "").utf8.count)
        var pictures: [NumberPicture] = []
        for part in parts { pictures.append(try NumberPicture(part, symbols)) }
        guard let positive = pictures.first else { return .undefined }
        if value >= 0 { return .string(positive.format(value, prefix: positive.string(positive.prefix[...]))) }
        guard pictures.count > 1 else {
            return .string(positive.format(value, prefix: symbols.minus + positive.string(positive.prefix[...])))
        }
        return .string(pictures[1].format(value, prefix: pictures[1].string(pictures[1].prefix[...])))
    }

    private static func pictureParts(_ picture: String, _ separator: String) -> [String] {
        var parts = [""]
        for character in picture.unicodeScalars.map({ String(Character($0)) }) {
            if character == separator { parts.append("") } else { parts[parts.count - 1] += character }
        }
        return parts
    }

    private static func symbols(_ options: Value) -> NumberPicture.Symbols {
        var symbols = NumberPicture.Symbols()
        let set = { (name: String, path: WritableKeyPath<NumberPicture.Symbols, String>) in
            if let text = options.member(name).string { symbols[keyPath: path] = text }
        }
        set("decimal-separator", \.decimal)
        set("grouping-separator", \.grouping)
        set("exponent-separator", \.exponent)
        set("infinity", \.infinity)
        set("minus-sign", \.minus)
        set("NaN", \.nan)
        set("percent", \.percent)
        set("per-mille", \.perMille)
        set("digit", \.digit)
        set("pattern-separator", \.pattern)
        if let zero = options.member("zero-digit").string?.unicodeScalars.first, zero.value < 0x10_FFF0 {
            symbols.zero = zero
        }
        return symbols
    }

    static func formatBase(
        _ evaluator: Evaluator, _ arguments: Arguments, _ input: Value
    ) throws(JSONataError) -> Value {
        guard let number = arguments[0].number else { return .undefined }
        let radix = rounded(arguments[1].number ?? 10, precision: 0)
        guard (2...36).contains(radix) else {
            throw JSONataError(
                "D3100",
                "The radix of the formatBase function must be between 2 and 36.  It was given \(NumberText.of(radix))"
            )
        }
        let value = rounded(number, precision: 0)
        guard value.magnitude < 9.2e18 else { return .string(NumberText.of(value)) }
        return .string(String(Int(value), radix: Int(radix)))
    }

    static func formatInteger(
        _ evaluator: Evaluator, _ arguments: Arguments, _ input: Value
    ) throws(JSONataError) -> Value {
        guard let value = arguments[0].number else { return .undefined }
        let picture = arguments[1].string ?? ""
        try evaluator.spend(picture.utf8.count)
        return .string(try IntegerPicture(picture).format(value.rounded(.down)))
    }

    static func parseInteger(
        _ evaluator: Evaluator, _ arguments: Arguments, _ input: Value
    ) throws(JSONataError) -> Value {
        guard let text = arguments[0].string else { return .undefined }
        guard let value = try IntegerPicture(arguments[1].string ?? "").parse(text) else { return .undefined }
        return .number(value)
    }
}
