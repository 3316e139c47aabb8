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
            throw .absent(lowercased(name))
        }
        return text
    }

    static func description(_ json: JSON) throws(ServiceError) -> String? {
        guard let text = try string(json, "Description") else { return nil }
        guard text.count <= 256 else {
            throw .constraint(text, at: "description", "have length less than or equal to 256")
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

    static func bool(_ json: JSON, _ name: String) throws(ServiceError) -> Bool? {
        guard let value = json[name], !value.isNull else { return nil }
        guard let isTrue = value.bool else { throw wrongType(name, "Boolean") }
        return isTrue
    }

    private static func wrongType(_ name: String, _ type: String) -> ServiceError {
        ServiceError("SerializationException", "The value of \(name) can not be converted to \(type)")
    }

    private static func lowercased(_ name: String) -> String { name.prefix(1).lowercased() + name.dropFirst() }
}
