/// How many columns a scalar takes, decided here and not by the locale, so that a picture is the same everywhere.
enum CharacterWidth {
    /// - Returns: whether the scalar takes two columns.
    static func isWide(_ scalar: UInt32) -> Bool {
        guard scalar >= 0x1100 else { return false }
        var low = 0
        var high = wideRanges.count
        while low < high {
            let middle = (low + high) / 2
            if wideRanges[middle].upperBound < scalar { low = middle + 1 } else { high = middle }
        }
        return low < wideRanges.count && wideRanges[low].lowerBound <= scalar
    }

    /// Letters that are common and of two columns: kana, Chinese characters, Hangul.
    static func isWideLetter(_ scalar: UInt32) -> Bool {
        (0x3041...0x3096).contains(scalar) || (0x30A1...0x30FE).contains(scalar) || (0x4E00...0x9FFC).contains(scalar)
            || (0xAC00...0xD7A3).contains(scalar)
    }

    /// Letters of scripts that are common and plain: one column, nothing to look up.
    static func isPlainLetter(_ scalar: UInt32) -> Bool {
        (0xA1...0x2FF).contains(scalar) && scalar != 0xAD || (0x2010...0x2027).contains(scalar)
            || (0x2190...0x2311).contains(scalar) || (0x2400...0x25FC).contains(scalar)
            || (0x2800...0x28FF).contains(scalar)
    }
}
