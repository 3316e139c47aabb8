/// Text from outside as it can be printed: control characters that would drive the terminal become pictures.
enum SafeText {
    static func visible(_ bytes: [UInt8]) -> String {
        var text = ""
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar.value {
            case 0x09, 0x0A: text.unicodeScalars.append(scalar)
            case 0x0D: continue
            case 0x1B: text += "␛"
            case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: text += "\u{FFFD}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
