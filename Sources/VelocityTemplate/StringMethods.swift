/// Methods of `java.lang.String`. Places count characters.
enum StringMethods {
    static func call(
        _ name: String, _ arguments: [VelocityValue], on text: String
    ) throws(VelocityError) -> VelocityValue {
        let first = arguments.first?.text ?? ""
        switch name {
        case "length": return .integer(text.count)
        case "isEmpty": return .bool(text.isEmpty)
        case "toString": return .string(text)
        case "trim": return .string(trimmed(text))
        case "toLowerCase": return .string(text.lowercased())
        case "toUpperCase": return .string(text.uppercased())
        case "equals": return .bool(arguments.first.map { $0.text == text && !$0.isNull } ?? false)
        case "equalsIgnoreCase": return .bool(first.lowercased() == text.lowercased())
        case "compareTo": return .integer(text == first ? 0 : text < first ? -1 : 1)
        case "startsWith": return .bool(text.hasPrefix(first))
        case "endsWith": return .bool(text.hasSuffix(first))
        case "contains": return .bool(place(of: first, in: text) != nil)
        case "indexOf": return .integer(place(of: first, in: text) ?? -1)
        case "lastIndexOf": return .integer(lastPlace(of: first, in: text) ?? -1)
        case "charAt": return character(arguments, text)
        case "substring": return substring(arguments, text)
        case "concat": return .string(try limited(text + first))
        case "replace": return .string(try replaced(text, first, arguments.last?.text ?? ""))
        case "matches": return .bool(try Pattern(first).matches(text))
        case "replaceAll", "replaceFirst":
            return .string(
                try Pattern(first).replacing(
                    in: text, with: arguments.last?.text ?? "", isFirstOnly: name == "replaceFirst"))
        case "split":
            var limit = 0
            if arguments.count > 1, case .integer(let number) = arguments[1] { limit = number }
            return .list(VelocityList(try Pattern(first).split(text, limit: limit).map(VelocityValue.string)))
        default: return .null
        }
    }

    static func limited(_ text: String) throws(VelocityError) -> String {
        guard text.utf8.count <= Limits.text else { throw VelocityError("a string has more than \(Limits.text) bytes") }
        return text
    }

    private static func trimmed(_ text: String) -> String {
        let isSpace: (Unicode.Scalar) -> Bool = { $0.value <= 0x20 }
        let scalars = text.unicodeScalars.drop(while: isSpace)
        let end = scalars.lastIndex { !isSpace($0) }
        return end.map { String(scalars[...$0]) } ?? ""
    }

    private static func place(of part: String, in text: String) -> Int? {
        guard !part.isEmpty else { return 0 }
        return text.firstRange(of: part).map { text.distance(from: text.startIndex, to: $0.lowerBound) }
    }

    private static func lastPlace(of part: String, in text: String) -> Int? {
        text.ranges(of: part).last.map { text.distance(from: text.startIndex, to: $0.lowerBound) }
    }

    private static func character(_ arguments: [VelocityValue], _ text: String) -> VelocityValue {
        guard case .integer(let place)? = arguments.first, place >= 0,
            let index = text.index(text.startIndex, offsetBy: place, limitedBy: text.endIndex), index < text.endIndex
        else { return .null }
        return .string(String(text[index]))
    }

    private static func substring(_ arguments: [VelocityValue], _ text: String) -> VelocityValue {
        guard case .integer(let start)? = arguments.first, start >= 0, start <= text.count else { return .null }
        guard arguments.count > 1 else { return .string(String(text.dropFirst(start))) }
        guard case .integer(let end) = arguments[1], start <= end, end <= text.count else { return .null }
        return .string(String(text.dropFirst(start).prefix(end - start)))
    }

    private static func replaced(_ text: String, _ part: String, _ new: String) throws(VelocityError) -> String {
        let (text, part) = (Array(text.utf8), Array(part.utf8))
        guard let first = part.first else { return String(decoding: text, as: UTF8.self) }
        var result: [UInt8] = []
        var place = 0
        while place < text.count {
            if text[place] == first, text[place...].starts(with: part) {
                result += new.utf8
                place += part.count
            } else {
                result.append(text[place])
                place += 1
            }
            guard result.count <= Limits.text else {
                throw VelocityError("a string has more than \(Limits.text) bytes")
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
