import CSearch
import Glibc
import JSON

/// A field of the JSON in a line, found without reading the rest: `detail.errors.0.code`.
///
/// A name with dots is looked for as it is as well as member by member. JSON may stand behind other text, as in the lines
/// of Lambda's runtimes: then the first brace begins it.
struct JSONField: Hashable, Sendable {
    let path: [UInt8]
    /// What must stand in the line if the field is there: the first name. A name can be written with escapes; no writer
    /// of logs does that to letters, digits and the like.
    private let needle: [UInt8]

    init(_ name: String) {
        path = Array(name.utf8)
        needle = Array(path.prefix { $0 != UInt8(ascii: ".") })
    }

    func value(in line: UnsafeBufferPointer<UInt8>) -> Value {
        guard let base = line.baseAddress, let brace = memchr(base, Int32(UInt8(ascii: "{")), line.count) else {
            return .missing
        }
        let start = UnsafeRawPointer(brace) - UnsafeRawPointer(base)
        guard cs_find(line.baseAddress, line.count, needle, needle.count) >= 0 else { return .missing }
        var scanner = JSONScanner(line, at: start)
        return path.withUnsafeBufferPointer { scanner.value(at: $0[...], depth: 0) } ?? .missing
    }
}

/// Walks over JSON bytes; what is not JSON ends the walk.
struct JSONScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private(set) var offset: Int

    private static let mostNested = 64

    init(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) {
        self.bytes = bytes
        self.offset = offset
    }

    /// The value at the path below the value that stands here; `nil` when there is none.
    mutating func value(at path: Slice<UnsafeBufferPointer<UInt8>>, depth: Int) -> Value? {
        guard depth < Self.mostNested else { return nil }
        skipSpace()
        guard !path.isEmpty else { return scalar() }
        switch current {
        case UInt8(ascii: "{"): return member(at: path, depth: depth)
        case UInt8(ascii: "["): return element(at: path, depth: depth)
        default: return nil
        }
    }

    private mutating func member(at path: Slice<UnsafeBufferPointer<UInt8>>, depth: Int) -> Value? {
        offset += 1
        while true {
            skipSpace()
            guard current == UInt8(ascii: "\""), let key = string() else { return nil }
            skipSpace()
            guard current == UInt8(ascii: ":") else { return nil }
            offset += 1
            let start = offset
            if let rest = Self.rest(of: path, behind: key) {
                if let value = value(at: rest, depth: depth + 1) { return value }
                offset = start
            }
            guard skipValue() else { return nil }
            skipSpace()
            guard current == UInt8(ascii: ",") else { return nil }
            offset += 1
        }
    }

    private mutating func element(at path: Slice<UnsafeBufferPointer<UInt8>>, depth: Int) -> Value? {
        let name = path.prefix { $0 != UInt8(ascii: ".") }
        guard let index = NumberText.value(UnsafeBufferPointer(rebasing: name)), index >= 0, index < 1e6 else {
            return nil
        }
        offset += 1
        for _ in 0..<Int(index) {
            guard skipValue() else { return nil }
            skipSpace()
            guard current == UInt8(ascii: ",") else { return nil }
            offset += 1
        }
        return value(at: path.dropFirst(name.count + 1), depth: depth + 1)
    }

    /// What is left of a path behind a member's name; `nil` when it does not begin with it.
    private static func rest(
        of path: Slice<UnsafeBufferPointer<UInt8>>, behind key: UnsafeBufferPointer<UInt8>
    ) -> Slice<UnsafeBufferPointer<UInt8>>? {
        guard path.count >= key.count, path.prefix(key.count).elementsEqual(key) else { return nil }
        let rest = path.dropFirst(key.count)
        guard let next = rest.first else { return rest }
        return next == UInt8(ascii: ".") ? rest.dropFirst() : nil
    }

    /// What stands here, if it is neither an object nor an array, nor null.
    private mutating func scalar() -> Value? {
        switch current {
        case UInt8(ascii: "\""):
            guard let text = string() else { return nil }
            guard text.contains(UInt8(ascii: "\\")) else { return .borrowed(text) }
            let quoted = UnsafeBufferPointer(rebasing: bytes[(offset - text.count - 2)..<offset])
            return (try? JSON(parsing: quoted)).flatMap(\.string).map { .text(Array($0.utf8)) }
        case UInt8(ascii: "t"): return .bool(true)
        case UInt8(ascii: "f"): return .bool(false)
        case UInt8(ascii: "n"), UInt8(ascii: "{"), UInt8(ascii: "["), nil: return nil
        default:
            let start = offset
            skipWord()
            let word = UnsafeBufferPointer(rebasing: bytes[start..<offset])
            return NumberText.value(word) == nil ? nil : .borrowed(word)
        }
    }

    /// The bytes between the quotes, escapes as they are written.
    private mutating func string() -> UnsafeBufferPointer<UInt8>? {
        let start = offset + 1
        offset = start
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == UInt8(ascii: "\"") {
                offset += 1
                return UnsafeBufferPointer(rebasing: bytes[start..<(offset - 1)])
            }
            offset += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        offset = bytes.count
        return nil
    }

    private mutating func skipValue() -> Bool {
        skipSpace()
        switch current {
        case nil: return false
        case UInt8(ascii: "\""): return string() != nil
        case UInt8(ascii: "{"), UInt8(ascii: "["): return skipNested()
        default:
            let start = offset
            skipWord()
            return offset > start
        }
    }

    private mutating func skipNested() -> Bool {
        var level = 0
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                guard string() != nil else { return false }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): level += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): level -= 1
            default: break
            }
            offset += 1
            if level == 0 { return true }
        }
        return false
    }

    private mutating func skipWord() {
        while let byte = current, byte > 0x20, byte != UInt8(ascii: ","), byte != UInt8(ascii: "}"),
            byte != UInt8(ascii: "]")
        {
            offset += 1
        }
    }

    private mutating func skipSpace() {
        while let byte = current, byte <= 0x20 { offset += 1 }
    }

    private var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }
}
