import JSON

/// Names that come twice in one object: a parsed object has only the last of them.
struct DuplicateMembers {
    private enum Frame {
        case object(names: Set<String>, current: String)
        case array(index: Int)
    }

    private let bytes: [UInt8]
    private var frames: [Frame] = []
    private var findings: [DefinitionDiagnostic] = []

    /// - Parameter bytes: text that is known to be JSON.
    static func found(in bytes: [UInt8]) -> [DefinitionDiagnostic] {
        var scan = DuplicateMembers(bytes: bytes)
        scan.run()
        return scan.findings
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func run() {
        var offset = 0
        var expectsName = false
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "{"):
                frames.append(.object(names: [], current: ""))
                expectsName = true
            case UInt8(ascii: "["):
                frames.append(.array(index: 0))
                expectsName = false
            case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = frames.popLast()
            case UInt8(ascii: ":"): expectsName = false
            case UInt8(ascii: ","): expectsName = nextElement()
            case UInt8(ascii: "\""):
                let end = endOfString(from: offset)
                if expectsName { note(name(in: offset..<end)) }
                offset = end
                continue
            default: break
            }
            offset += 1
        }
    }

    /// - Returns: whether a name follows.
    private mutating func nextElement() -> Bool {
        guard case .array(let index)? = frames.last else { return true }
        frames[frames.count - 1] = .array(index: index + 1)
        return false
    }

    /// - Returns: the place after the closing quote.
    private func endOfString(from start: Int) -> Int {
        var offset = start + 1
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "\"") {
            offset += bytes[offset] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(offset + 1, bytes.count)
    }

    private func name(in range: Range<Int>) -> String {
        let quoted = bytes[range]
        guard quoted.contains(UInt8(ascii: "\\")) else {
            return String(decoding: quoted.dropFirst().dropLast(), as: UTF8.self)
        }
        return (try? JSON(parsing: quoted))?.string ?? ""
    }

    private mutating func note(_ name: String) {
        guard case .object(var names, _)? = frames.popLast() else { return }
        let isNew = names.insert(name).inserted
        frames.append(.object(names: names, current: name))
        guard !isNew else { return }
        let location = frames.reduce(into: "") { path, frame in
            switch frame {
            case .object(_, let current): path += "/" + current
            case .array(let index): path += "[\(index)]"
            }
        }
        if frames.count > 1, case .object(_, "States") = frames[frames.count - 2] {
            findings.append(
                DefinitionDiagnostic(.error, "DUPLICATE_STATE_NAME", "Duplicate State name: \(name)", at: location))
        } else {
            findings.append(
                DefinitionDiagnostic(.error, "INVALID_JSON_DESCRIPTION", "Duplicate field '\(name)'", at: location))
        }
    }
}
