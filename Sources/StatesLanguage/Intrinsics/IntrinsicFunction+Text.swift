import Crypto
import JSON

extension IntrinsicFunction {
    /// Characters that `States.Base64Encode`, `States.Base64Decode` and `States.Hash` take.
    private static let textLimit = 10_000

    static func parsed(_ text: JSON) -> JSON? {
        guard let text = text.string else { return nil }
        return text.isEmpty ? JSON.null : try? JSON(parsing: text)
    }

    /// Only shallow: a member of the second object takes the place of the first one's.
    static func merge(_ first: JSON, _ second: JSON, isDeep: JSON) -> JSON? {
        guard var merged = first.object, let second = second.object, isDeep != .bool(true) else { return nil }
        for (key, value) in second { merged[key] = value }
        return .object(merged)
    }

    /// Splits at each of the characters; empty parts are left out.
    static func split(_ text: JSON, at separators: JSON) -> JSON? {
        guard let text = text.string, let separators = separators.string else { return nil }
        let wanted = Set(separators.unicodeScalars)
        return .array(text.unicodeScalars.split { wanted.contains($0) }.map { .string(String($0)) })
    }

    static func hash(_ data: JSON, algorithm: JSON) -> JSON? {
        guard data.string.map(isShort) ?? true, let algorithm = algorithm.string else { return nil }
        let bytes = Array((data.string ?? data.text).utf8)
        switch algorithm {
        case "MD5": return digits(Insecure.MD5.hash(data: bytes))
        case "SHA-1": return digits(Insecure.SHA1.hash(data: bytes))
        case "SHA-256": return digits(SHA256.hash(data: bytes))
        case "SHA-384": return digits(SHA384.hash(data: bytes))
        case "SHA-512": return digits(SHA512.hash(data: bytes))
        default: return nil
        }
    }

    private static func digits(_ digest: some Digest) -> JSON {
        let alphabet = Array("0123456789abcdef".utf8)
        return .string(
            String(decoding: digest.flatMap { [alphabet[Int($0 >> 4)], alphabet[Int($0 & 15)]] }, as: UTF8.self))
    }

    static func encode(_ text: JSON) -> JSON? {
        guard let text = text.string, isShort(text) else { return nil }
        return .string(Base64.encode(Array(text.utf8)))
    }

    static func decode(_ text: JSON) -> JSON? {
        guard let text = text.string, isShort(text) else { return nil }
        return .string(String(decoding: Base64.decode(text), as: UTF8.self))
    }

    private static func isShort(_ text: String) -> Bool { text.utf16.count <= textLimit }
}
