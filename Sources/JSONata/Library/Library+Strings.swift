extension Library {
    static let strings = [
        Builtin("string", 1, "<x-b?:s>", string),
        Builtin("length", 1, "<s-:n>", length),
        Builtin("substring", 3, "<s-nn?:s>", substring),
        Builtin("substringBefore", 2, "<s-s:s>", substringBefore),
        Builtin("substringAfter", 2, "<s-s:s>", substringAfter),
        Builtin("uppercase", 1, "<s-:s>", uppercase),
        Builtin("lowercase", 1, "<s-:s>", lowercase),
        Builtin("trim", 1, "<s-:s>", trim),
        Builtin("pad", 3, "<s-ns?:s>", pad),
        Builtin("join", 2, "<a<s>s?:s>", join),
    ]

    static func string(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        let value = arguments[0]
        if value.isUndefined { return .undefined }
        let text = try ValueText.string(value, isPretty: arguments[1].isTrue)
        try evaluator.spend(text.utf8.count / 16)
        return .string(text)
    }

    static func length(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        guard let text = arguments[0].string else { return .undefined }
        return .number(Double(text.unicodeScalars.count))
    }

    static func substring(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value
    {
        guard let text = arguments[0].string else { return .undefined }
        let scalars = Array(text.unicodeScalars)
        let count = Double(scalars.count)
        var start = arguments[1].number ?? 0
        if count + start < 0 { start = 0 }
        var end = count
        if let length = arguments[2].number {
            guard length > 0 else { return .string("") }
            end = start >= 0 ? start + length : count + start + length
        }
        let first = place(start, count)
        let last = place(end, count)
        guard first < last else { return .string("") }
        var part = String.UnicodeScalarView()
        part.append(contentsOf: scalars[first..<last])
        return .string(String(part))
    }

    /// A place as JavaScript's `slice` reads it: negative ones count from the end.
    private static func place(_ value: Double, _ count: Double) -> Int {
        guard !value.isNaN else { return 0 }
        let whole = value.rounded(.towardZero)
        return Int(whole < 0 ? Swift.max(count + whole, 0) : Swift.min(whole, count))
    }

    static func substringBefore(
        _ evaluator: Evaluator, _ arguments: Arguments, _ input: Value
    ) throws(JSONataError) -> Value {
        guard let text = arguments[0].string else { return .undefined }
        let search = TextSearch(text)
        guard let range = search.firstRange(of: arguments[1].string ?? "undefined", from: 0) else {
            return .string(text)
        }
        return .string(search.text(0..<range.lowerBound))
    }

    static func substringAfter(
        _ evaluator: Evaluator, _ arguments: Arguments, _ input: Value
    ) throws(JSONataError) -> Value {
        guard let text = arguments[0].string else { return .undefined }
        let search = TextSearch(text)
        guard let range = search.firstRange(of: arguments[1].string ?? "undefined", from: 0) else {
            return .string(text)
        }
        return .string(search.text(range.upperBound..<search.bytes.count))
    }

    static func uppercase(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value
    {
        guard let text = arguments[0].string else { return .undefined }
        return .string(text.uppercased())
    }

    static func lowercase(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value
    {
        guard let text = arguments[0].string else { return .undefined }
        return .string(text.lowercased())
    }

    static func trim(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        guard let text = arguments[0].string else { return .undefined }
        let words = text.utf8.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
        return .string(words.map { String($0) ?? "" }.joined(separator: " "))
    }

    static func pad(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        guard let text = arguments[0].string else { return .undefined }
        guard let width = arguments[1].number, width.isFinite else { return .string(text) }
        let filler = Array((arguments[2].string ?? " ").unicodeScalars)
        let missing = Swift.abs(width.rounded(.towardZero)) - Double(text.unicodeScalars.count)
        guard missing > 0 else { return .string(text) }
        try evaluator.spend(Int(Swift.min(missing, 1e12)) / 4)
        var padding = String.UnicodeScalarView()
        for place in 0..<Int(missing) { padding.append(filler.isEmpty ? " " : filler[place % filler.count]) }
        return .string(width > 0 ? text + String(padding) : String(padding) + text)
    }

    static func join(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        guard let elements = arguments[0].elements else { return .undefined }
        let text = elements.map { $0.string ?? "" }.joined(separator: arguments[1].string ?? "")
        try evaluator.spend(text.utf8.count / 16)
        return .string(text)
    }
}

/// Finds texts in a text, byte by byte.
struct TextSearch {
    let bytes: [UInt8]

    init(_ text: String) { bytes = Array(text.utf8) }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    func firstRange(of wanted: String, from start: Int) -> Range<Int>? {
        let wanted = Array(wanted.utf8)
        guard let first = wanted.first else { return start <= bytes.count ? start..<start : nil }
        guard bytes.count >= wanted.count else { return nil }
        var place = start
        while place <= bytes.count - wanted.count {
            if bytes[place] == first, bytes[place..<place + wanted.count].elementsEqual(wanted) {
                return place..<place + wanted.count
            }
            place += 1
        }
        return nil
    }
}
