import AWSCore
import JSON

/// Reads members of a request, with AWS's answers to what does not fit.
enum Input {
    static func string(_ json: JSON, _ name: String) throws(ServiceError) -> String? {
        guard let value = json[name], !value.isNull else { return nil }
        guard let text = value.string else { throw wrongType(name, "String") }
        return text
    }

    static func required(_ json: JSON, _ name: String) throws(ServiceError) -> String {
        guard let text = try string(json, name) else {
            throw .constraint("null", at: lowercased(name), "not be null").asNull
        }
        return text
    }

    static func integer(
        _ json: JSON, _ name: String, _ range: ClosedRange<Int>, path: String? = nil
    ) throws(ServiceError) -> Int? {
        guard let value = json[name], !value.isNull else { return nil }
        guard let number = value.int else { throw wrongType(name, "Integer") }
        let path = path ?? lowercased(name)
        guard number >= range.lowerBound else {
            throw .constraint(String(number), at: path, "have value greater than or equal to \(range.lowerBound)")
        }
        guard number <= range.upperBound else {
            throw .constraint(String(number), at: path, "have value less than or equal to \(range.upperBound)")
        }
        return number
    }

    private static func wrongType(_ name: String, _ type: String) -> ServiceError {
        ServiceError("SerializationException", "The value of \(name) can not be converted to \(type)")
    }

    private static func lowercased(_ name: String) -> String { name.prefix(1).lowercased() + name.dropFirst() }
}

extension ServiceError {
    /// AWS writes a value that is missing without quotes.
    fileprivate var asNull: ServiceError {
        guard let place = message.range(of: "'null'") else { return self }
        return ServiceError(code, message.replacingCharacters(in: place, with: "null"), status: status)
    }
}

extension String {
    fileprivate func range(of text: String) -> Range<Index>? {
        var place = startIndex
        while place < endIndex {
            if self[place...].hasPrefix(text) { return place..<index(place, offsetBy: text.count) }
            place = index(after: place)
        }
        return nil
    }

    fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
    }
}
