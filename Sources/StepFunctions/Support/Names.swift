import AWSCore

/// What names of state machines, executions, activities and aliases may be.
enum Names {
    private static let forbidden = Set("<>{}[]?*\"#%\\^|~`$&,;:/".unicodeScalars)

    static func check(_ name: String) throws(ServiceError) {
        guard (1...80).contains(name.unicodeScalars.count), name.unicodeScalars.allSatisfy(isAllowed) else {
            throw .invalidName(name)
        }
    }

    /// Letters, digits, `-`, `_`, `.`, and not digits only: else it could be taken for a version.
    static func checkAlias(_ name: String) throws(ServiceError) {
        let isWord = name.utf8.allSatisfy { byte in
            isLetter(byte) || isDigit(byte) || "-_.".utf8.contains(byte)
        }
        guard (1...80).contains(name.utf8.count), isWord, !name.utf8.allSatisfy(isDigit) else {
            throw .invalidName(name)
        }
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x1F, 0x7F...0x9F: false
        default: !forbidden.contains(scalar) && !scalar.properties.isWhitespace
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) && byte < 0x80
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
