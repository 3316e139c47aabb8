import AWSCore
import JSON

/// The members of an operation's input, checked as the service's model asks.
struct Input {
    private let json: JSON

    init(_ json: JSON) { self.json = json }

    subscript(name: String) -> JSON? {
        guard let value = json[name], !value.isNull else { return nil }
        return value
    }

    func string(_ name: String, atLeast least: Int = 0, atMost most: Int = .max) throws(ServiceError) -> String? {
        guard let value = self[name] else { return nil }
        guard let text = value.string else { throw wrongType(value) }
        let count = text.utf16.count
        guard count >= least else {
            throw .constraint("'\(text)'", at: name, "have length greater than or equal to \(least)")
        }
        guard count <= most else {
            throw .constraint("'\(text.prefix(1000))'", at: name, "have length less than or equal to \(most)")
        }
        return text
    }

    func required(_ name: String, atLeast least: Int = 1, atMost most: Int = .max) throws(ServiceError) -> String {
        guard let text = try string(name, atLeast: least, atMost: most) else {
            throw .constraint("null", at: name, "not be null")
        }
        return text
    }

    func arn(_ name: String, atMost most: Int = 256) throws(ServiceError) -> String {
        try required(name, atMost: most)
    }

    func bool(_ name: String) throws(ServiceError) -> Bool? {
        guard let value = self[name] else { return nil }
        guard let flag = value.bool else { throw wrongType(value) }
        return flag
    }

    func int(_ name: String, in range: ClosedRange<Int>) throws(ServiceError) -> Int? {
        guard let value = self[name] else { return nil }
        guard let number = value.int else { throw wrongType(value) }
        guard number >= range.lowerBound else {
            throw .constraint("'\(number)'", at: name, "have value greater than or equal to \(range.lowerBound)")
        }
        guard number <= range.upperBound else {
            throw .constraint("'\(number)'", at: name, "have value less than or equal to \(range.upperBound)")
        }
        return number
    }

    func choice(_ name: String, of names: [String]) throws(ServiceError) -> String? {
        guard let text = try string(name) else { return nil }
        guard names.contains(text) else {
            throw .constraint("'\(text)'", at: name, "satisfy enum value set: [\(names.joined(separator: ", "))]")
        }
        return text
    }

    func list(_ name: String) throws(ServiceError) -> [JSON]? {
        guard let value = self[name] else { return nil }
        guard let list = value.array else { throw wrongType(value) }
        return list
    }

    /// Whether the answer has the data of the execution or definition.
    func includesData() throws(ServiceError) -> Bool {
        try choice("includedData", of: ["ALL_DATA", "METADATA_ONLY"]) != "METADATA_ONLY"
    }

    private func wrongType(_ value: JSON) -> ServiceError {
        let found =
            switch value {
            case .string: "STRING_VALUE"
            case .number: "NUMBER_VALUE"
            case .bool(let flag): flag ? "TRUE_VALUE" : "FALSE_VALUE"
            case .array: "Start of list"
            case .object: "Start of structure or map"
            case .null: "null"
            }
        return ServiceError("SerializationException", "\(found) can not be converted to the expected type")
    }
}
