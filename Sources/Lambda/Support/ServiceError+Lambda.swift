import AWSCore
import JSON

extension ServiceError {
    private static func lambda(_ code: String, _ message: String, status: Int, type: String = "User") -> ServiceError {
        ServiceError(code, message, status: status, details: .init(("Type", .string(type))))
    }

    static func invalid(_ message: String) -> ServiceError {
        lambda("InvalidParameterValueException", message, status: 400)
    }

    static func notFound(_ arn: String) -> ServiceError {
        lambda("ResourceNotFoundException", "Function not found: \(arn)", status: 404)
    }

    static func missing(_ message: String) -> ServiceError {
        lambda("ResourceNotFoundException", message, status: 404)
    }

    static func conflict(_ message: String) -> ServiceError {
        lambda("ResourceConflictException", message, status: 409)
    }

    static func tooLarge(_ count: Int, limit: Int, operation: String) -> ServiceError {
        lambda(
            "RequestTooLargeException",
            "\(count) byte payload is too large for the \(operation) invocation type (limit \(limit) bytes)",
            status: 413)
    }

    static func notJSON(_ problem: String) -> ServiceError {
        lambda("InvalidRequestContentException", "Could not parse request body into json: \(problem)", status: 400)
    }

    static func throttled(_ reason: String) -> ServiceError {
        ServiceError(
            "TooManyRequestsException", "Rate Exceeded.", status: 429,
            details: .init(("Reason", .string(reason)), ("Type", "User")))
    }

    /// What a value at a member did not satisfy, as AWS words it.
    static func constraint(
        _ value: String, at member: String, _ constraint: String, subject: String = "Member"
    ) -> ServiceError {
        ServiceError(
            "ValidationException",
            "1 validation error detected: Value '\(value)' at '\(member)' failed to satisfy constraint: "
                + "\(subject) must \(constraint)")
    }

    /// A value that must be there and is not; AWS writes it without quotes.
    static func absent(_ member: String) -> ServiceError {
        ServiceError(
            "ValidationException",
            "1 validation error detected: Value null at '\(member)' failed to satisfy constraint: Member must not be null"
        )
    }

    /// The caller knows another state of the function or alias than there is.
    static var outOfDate: ServiceError {
        lambda(
            "PreconditionFailedException",
            "The RevisionId provided does not match the latest RevisionId. Call the GetFunction/GetAlias API to retrieve "
                + "the latest RevisionId", status: 412)
    }
}

extension JSONObject {
    init(_ members: (String, JSON)...) {
        self.init()
        for (key, value) in members { self[key] = value }
    }
}
