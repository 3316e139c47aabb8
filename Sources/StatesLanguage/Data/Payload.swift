import JSON

/// A value with its text, which is made once.
struct Payload: Sendable {
    let value: JSON
    let text: String

    /// 256 KiB: what a state's input or output may hold.
    static let limit = 262_144

    init(_ value: JSON) {
        self.value = value
        text = value.text
    }

    var isTooBig: Bool { text.utf8.count > Self.limit }

    /// Whether nobody could read the text again: values that grow in a loop nest deeper and deeper.
    var isTooDeep: Bool {
        // A level takes two bytes at least.
        guard text.utf8.count >= 2 * JSON.defaultDepth else { return false }
        var (depth, isInside, isEscaped) = (0, false, false)
        for byte in text.utf8 {
            if isInside {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInside = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInside = true
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                if depth > JSON.defaultDepth { return true }
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
        }
        return false
    }
}
