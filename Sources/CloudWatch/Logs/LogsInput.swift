import AWSCore
import JSON

/// Reads members of an input, and says of wrong ones what AWS says.
struct LogsInput {
    let json: JSON

    init(_ json: JSON) { self.json = json }

    static func invalid(_ message: String) -> ServiceError { ServiceError("InvalidParameterException", message) }

    private static func violation(_ value: String?, _ name: String, _ constraint: String) -> ServiceError {
        let shown = value.map { " '\($0)'" } ?? ""
        return invalid(
            "1 validation error detected: Value\(shown) at '\(name)' failed to satisfy constraint: \(constraint)")
    }

    func required(_ name: String, most: Int = 512) throws(ServiceError) -> String {
        guard let text = try optional(name, most: most) else { throw Self.missing(name) }
        return text
    }

    static func missing(_ name: String) -> ServiceError { violation(nil, name, "Member must not be null") }

    func optional(_ name: String, most: Int = 512, least: Int = 1) throws(ServiceError) -> String? {
        guard let value = json[name], !value.isNull else { return nil }
        guard let text = value.string else {
            throw ServiceError("SerializationException", "\(name) is a string")
        }
        guard text.count >= least else {
            throw Self.violation(text, name, "Member must have length greater than or equal to \(least)")
        }
        guard text.count <= most else {
            throw Self.violation(text, name, "Member must have length less than or equal to \(most)")
        }
        return text
    }

    /// A name of a log group to be: letters, digits and `. - _ / #`.
    func groupName(_ name: String = "logGroupName") throws(ServiceError) -> String {
        let text = try required(name)
        guard text.utf8.allSatisfy({ Self.isLetterOrDigit($0) || ".-_/#".utf8.contains($0) }) else {
            throw Self.violation(text, name, #"Member must satisfy regular expression pattern: [\.\-_/#A-Za-z0-9]+"#)
        }
        return text
    }

    /// A name of a stream or a filter: anything without `:` and `*`.
    func plainName(_ name: String) throws(ServiceError) -> String {
        let text = try required(name)
        guard !text.contains(where: { $0 == ":" || $0 == "*" }) else {
            throw Self.violation(text, name, "Member must satisfy regular expression pattern: [^:*]*")
        }
        return text
    }

    func choice(_ name: String, _ all: [String]) throws(ServiceError) -> String? {
        guard let text = json[name]?.string else { return nil }
        guard all.contains(text) else {
            throw Self.violation(text, name, "Member must satisfy enum value set: [\(all.joined(separator: ", "))]")
        }
        return text
    }

    func number(_ name: String, _ range: ClosedRange<Int>) throws(ServiceError) -> Int? {
        guard let number = json[name]?.int else { return nil }
        guard number >= range.lowerBound else {
            throw Self.violation(
                String(number), name, "Member must have value greater than or equal to \(range.lowerBound)")
        }
        guard number <= range.upperBound else {
            throw Self.violation(
                String(number), name, "Member must have value less than or equal to \(range.upperBound)")
        }
        return number
    }

    func texts(_ name: String) -> [String]? { json[name]?.array?.compactMap(\.string) }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}

/// Pages of things with names: the token is the name that the page before ended with.
struct NamePages {
    /// - Parameter names: in order.
    static func page(
        _ names: [String], after token: String?, limit: Int
    ) -> (names: ArraySlice<String>, nextToken: String?) {
        let rest = names.drop { name in token.map { name <= $0 } ?? false }
        let page = rest.prefix(limit)
        return (page, rest.count > page.count ? page.last : nil)
    }
}
