/// What a function takes: `<s-n:b>` is a string that may be the context, and a number.
struct Signature: Sendable {
    let parameters: [Parameter]

    struct Parameter: Sendable {
        /// The symbols of the types that fit: `s n b l a o f`, `m` for undefined.
        var symbols: Set<UInt8>
        /// Whether a value that is no array is made one.
        var isArray = false
        /// The type of the elements.
        var element: UInt8?
        var subtype: String?
        /// The context stands in where nothing is given.
        var takesContext = false
        var isOptional = false
        var isRepeated = false
    }

    /// - Parameter position: where the signature stands in the expression.
    init(_ text: String, at position: Int = 0) throws(JSONataError) {
        let bytes = Array(text.utf8)
        var parameters: [Parameter] = []
        var place = 1
        while place < bytes.count, bytes[place] != UInt8(ascii: ":"), bytes[place] != UInt8(ascii: ">") {
            let next = try Self.read(bytes, at: place, into: &parameters, position)
            place = next
        }
        self.parameters = parameters
    }

    private static func read(
        _ bytes: [UInt8], at place: Int, into parameters: inout [Parameter], _ position: Int
    ) throws(JSONataError) -> Int {
        let symbol = bytes[place]
        let last = parameters.count - 1
        switch symbol {
        case UInt8(ascii: "s"), UInt8(ascii: "n"), UInt8(ascii: "b"), UInt8(ascii: "l"), UInt8(ascii: "o"):
            parameters.append(Parameter(symbols: [symbol, UInt8(ascii: "m")]))
        case UInt8(ascii: "a"):
            parameters.append(Parameter(symbols: Set("asnblfom".utf8), isArray: true))
        case UInt8(ascii: "f"): parameters.append(Parameter(symbols: [symbol]))
        case UInt8(ascii: "j"): parameters.append(Parameter(symbols: Set("asnblom".utf8)))
        case UInt8(ascii: "x"): parameters.append(Parameter(symbols: Set("asnblfom".utf8)))
        case UInt8(ascii: "-"):
            guard last >= 0 else { break }
            parameters[last].takesContext = true
            parameters[last].isOptional = true
        case UInt8(ascii: "?"): if last >= 0 { parameters[last].isOptional = true }
        case UInt8(ascii: "+"): if last >= 0 { parameters[last].isRepeated = true }
        case UInt8(ascii: "("):
            return try choice(bytes, at: place, into: &parameters, position)
        case UInt8(ascii: "<"):
            return try subtype(bytes, at: place, into: &parameters, position)
        default: break
        }
        return place + 1
    }

    private static func choice(
        _ bytes: [UInt8], at place: Int, into parameters: inout [Parameter], _ position: Int
    ) throws(JSONataError) -> Int {
        let end = closing(bytes, at: place, UInt8(ascii: "("), UInt8(ascii: ")"))
        let symbols = bytes[place + 1..<max(end, place + 1)]
        guard !symbols.contains(UInt8(ascii: "<")) else {
            throw JSONataError(
                "S0402", "Choice groups containing parameterized types are not supported", at: position + place)
        }
        parameters.append(Parameter(symbols: Set(symbols).union([UInt8(ascii: "m")])))
        return end + 1
    }

    private static func subtype(
        _ bytes: [UInt8], at place: Int, into parameters: inout [Parameter], _ position: Int
    ) throws(JSONataError) -> Int {
        let last = parameters.count - 1
        guard last >= 0, parameters[last].isArray || parameters[last].symbols == [UInt8(ascii: "f")] else {
            throw JSONataError(
                "S0401", "Type parameters can only be applied to functions and arrays", at: position + place)
        }
        let end = closing(bytes, at: place, UInt8(ascii: "<"), UInt8(ascii: ">"))
        let subtype = bytes[place + 1..<max(end, place + 1)]
        parameters[last].subtype = String(decoding: subtype, as: UTF8.self)
        parameters[last].element = subtype.first
        return end + 1
    }

    private static func closing(_ bytes: [UInt8], at place: Int, _ open: UInt8, _ close: UInt8) -> Int {
        var depth = 0
        for (offset, byte) in bytes[place...].enumerated() {
            if byte == open { depth += 1 }
            if byte == close { depth -= 1 }
            if depth == 0 { return place + offset }
        }
        return bytes.count
    }
}
