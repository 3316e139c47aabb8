import AWSCore
import JSON
import Telemetry

extension ServiceError {
    static func invalidRequest(_ message: String) -> ServiceError { ServiceError("InvalidRequestException", message) }
}

/// The members of a request.
struct Input {
    let json: JSON

    init(_ request: ServiceRequest) throws(ServiceError) {
        json = try request.json()
        guard json.object != nil else { throw .invalidRequest("The request body is not an object") }
    }

    func strings(_ name: String, atMost limit: Int) throws(ServiceError) -> [String] {
        guard let values = json[name]?.array else { throw .invalidRequest("\(name) must be a list") }
        guard values.count <= limit else { throw .invalidRequest("\(name) has more than \(limit) members") }
        var texts: [String] = []
        for value in values {
            guard let text = value.string else { throw .invalidRequest("\(name) must be a list of strings") }
            texts.append(text)
        }
        return texts
    }

    /// Seconds since 1970, or ISO 8601 text in UTC.
    func time(_ name: String) throws(ServiceError) -> Timestamp {
        if let seconds = json[name]?.double { return Timestamp(microseconds: Self.microseconds(seconds)) }
        throw .invalidRequest("\(name) must be a time")
    }

    private static func microseconds(_ seconds: Double) -> Int64 {
        let value = seconds * 1_000_000
        return value.isFinite ? Int64(min(max(value, 0), 4e15)) : 0
    }

    /// The place where a page begins, from the token of the page before.
    func offset() throws(ServiceError) -> Int {
        guard let token = json["NextToken"], !token.isNull else { return 0 }
        guard let offset = token.string.flatMap(Int.init), (0..<1 << 40).contains(offset) else {
            throw .invalidRequest("The NextToken is not valid")
        }
        return offset
    }
}

extension ServiceResponse {
    init(_ json: JSON) { self.init(body: json.bytes) }
}

extension JSON {
    static func seconds(_ time: Timestamp) -> JSON { .double(Double(time.microseconds) / 1_000_000) }
    static func seconds(_ span: Microseconds) -> JSON { .double(Double(span.count) / 1_000_000) }
}
