import AWSCore
import JSON
import Telemetry

/// A call of the control plane: what every operation has.
struct ControlCall: Sendable {
    let request: ServiceRequest
    let parameters: [String: String]
    let gateway: Gateway

    var apis: APIs { gateway.apis }

    subscript(name: String) -> String { parameters[name] ?? "" }

    /// The members of the body.
    func input() throws(ServiceError) -> JSONObject {
        guard let object = try request.json().object else { throw .badRequest("The request body is no JSON object") }
        return object
    }

    /// How an API is called from this machine.
    func address(of id: String) -> String {
        let port = request.context.endpoint.split(separator: ":").last.flatMap { Int($0) }
        return "http://\(id).execute-api.localhost\(port.map { ":\($0)" } ?? "")"
    }
}

typealias ControlRoute = RESTRouter<Gateway>.Route

extension RESTRouter.Route where Context == Gateway {
    /// An operation that answers with JSON.
    static func control(
        _ name: String, _ method: String, _ path: String, status: Int = 200,
        _ run: @escaping @Sendable (ControlCall) async throws(ServiceError) -> JSON
    ) -> ControlRoute {
        ControlRoute(name, method, path) { request, parameters, gateway async throws(ServiceError) in
            let json = try await run(ControlCall(request: request, parameters: parameters, gateway: gateway))
            return ServiceResponse(status: status, body: json.isNull ? [] : json.bytes)
        }
    }
}

/// Members that an operation takes: each with its type, so that what is wrong is said by name.
struct Field: Sendable {
    enum Kind: Sendable {
        case text, flag, whole(ClosedRange<Int>), list, map, structure
        case choice([String])
    }

    let name: String
    let kind: Kind

    init(_ name: String, _ kind: Kind = .text) {
        self.name = name
        self.kind = kind
    }

    /// - Throws: `BadRequestException` when the value is not what the member takes.
    func check(_ value: JSON) throws(ServiceError) {
        let isFit: Bool
        switch kind {
        case .text: isFit = value.string != nil
        case .flag: isFit = value.bool != nil
        case .whole(let range):
            guard let number = value.int else { throw .badRequest("Invalid value for \(name): it is a whole number") }
            guard range.contains(number) else {
                throw .badRequest(
                    "\(name) should be between \(range.lowerBound) and \(range.upperBound), not \(number)")
            }
            return
        case .list: isFit = value.array != nil
        case .map, .structure: isFit = value.object != nil
        case .choice(let choices):
            guard let text = value.string, choices.contains(text) else {
                throw .badRequest(
                    "Invalid value \(value.string ?? value.text) for \(name): it is one of \(choices.joined(separator: ", "))"
                )
            }
            return
        }
        guard isFit else { throw .badRequest("Invalid type of the member \(name)") }
    }
}

extension [Field] {
    /// The members that are known and given.
    func read(_ input: JSONObject) throws(ServiceError) -> JSONObject {
        var members = JSONObject()
        for field in self {
            guard let value = input[field.name], !value.isNull else { continue }
            try field.check(value)
            members[field.name] = value
        }
        return members
    }
}

extension JSONObject {
    /// - Throws: `BadRequestException` when the member is missing or empty.
    func required(_ name: String) throws(ServiceError) -> String {
        guard let value = self[name]?.string, !value.isEmpty else {
            throw .badRequest("Missing required parameter: \(name)")
        }
        return value
    }

    func merging(_ other: JSONObject) -> JSONObject {
        var result = self
        for (key, value) in other { result[key] = value }
        return result
    }
}
