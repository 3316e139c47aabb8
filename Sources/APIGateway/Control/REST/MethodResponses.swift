import AWSCore
import JSON

/// Responses by status code: those that a method declares, and those that an integration maps to them.
struct MethodResponses: Sendable {
    private let name: String
    private let path: String
    /// Where they are in a method.
    private let isIntegration: Bool
    private let fields: [Field]

    static let method = MethodResponses(
        name: "MethodResponse", path: MethodOperations.path + "/responses/{status_code}", isIntegration: false,
        fields: [Field("responseParameters", .map), Field("responseModels", .map)])
    static let integration = MethodResponses(
        name: "IntegrationResponse", path: MethodOperations.path + "/integration/responses/{status_code}",
        isIntegration: true,
        fields: [
            Field("selectionPattern"), Field("responseParameters", .map), Field("responseTemplates", .map),
            Field("contentHandling", .choice(["CONVERT_TO_BINARY", "CONVERT_TO_TEXT"])),
        ])

    var routes: [ControlRoute] {
        [
            .control("Put\(name)", "PUT", path, status: 201) { call throws(ServiceError) in
                var input = try fields.read(call.input())
                let status = call["status_code"]
                guard Int(status).map((100...599).contains) ?? false else {
                    throw .badRequest("Invalid status code specified: \(status)")
                }
                input["statusCode"] = .string(status)
                try check(input)
                let response = JSON.object(input)
                return try changed(call) { responses, method throws(ServiceError) in
                    guard isIntegration else {
                        guard responses[status] == nil else {
                            throw .conflict("Response already exists for this resource")
                        }
                        responses[status] = response
                        return
                    }
                    try checkParameters(input, status, method)
                    responses[status] = response
                }
            },
            .control("Get\(name)", "GET", path) { call throws(ServiceError) in
                let method = try MethodOperations.method(call)
                guard let found = responses(method)?[call["status_code"]] else { throw missing }
                return found
            },
            .control("Update\(name)", "PATCH", path, status: isIntegration ? 200 : 201) { call throws(ServiceError) in
                let patches = try Patch.read(call.input())
                return try changed(call) { responses, _ throws(ServiceError) in
                    guard var response = responses[call["status_code"]]?.object else { throw missing }
                    for patch in patches {
                        try patch.apply(
                            to: &response, known: Set(fields.map(\.name)),
                            flagMaps: isIntegration ? [] : ["responseParameters"])
                    }
                    try check(response)
                    responses[call["status_code"]] = .object(response)
                }
            },
            .control("Delete\(name)", "DELETE", path, status: 204) { call throws(ServiceError) in
                _ = try changed(call) { responses, _ throws(ServiceError) in
                    guard responses[call["status_code"]] != nil else { throw missing }
                    responses[call["status_code"]] = nil
                }
                return .null
            },
        ]
    }

    private var missing: ServiceError { .notFound("Invalid Response status code specified") }

    private func responses(_ method: JSON) -> JSON? {
        isIntegration ? method["methodIntegration"]?["integrationResponses"] : method["methodResponses"]
    }

    private func check(_ response: JSONObject) throws(ServiceError) {
        for name in response["responseParameters"]?.object?.keys ?? [] where !name.hasPrefix("method.response.header.")
        {
            throw .badRequest(
                "Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: \(name)]"
            )
        }
    }

    /// What an integration response sets, the method's response of that status must declare.
    private func checkParameters(_ input: JSONObject, _ status: String, _ method: JSONObject) throws(ServiceError) {
        guard method["methodIntegration"] != nil else { throw .notFound("Invalid Integration identifier specified") }
        let declared = method["methodResponses"]?[status]?["responseParameters"]?.object ?? JSONObject()
        for name in input["responseParameters"]?.object?.keys ?? [] where declared[name] == nil {
            throw .badRequest("Invalid mapping expression parameter specified: \(name)")
        }
    }

    /// - Returns: the response after the change.
    private func changed(
        _ call: ControlCall, _ change: (inout JSONObject, JSONObject) throws(ServiceError) -> Void
    ) throws(ServiceError) -> JSON {
        let method = try MethodOperations.change(call) { method, _ throws(ServiceError) in
            var responses = responses(.object(method))?.object ?? JSONObject()
            try change(&responses, method)
            if isIntegration {
                guard method["methodIntegration"] != nil else { throw MethodOperations.noIntegration }
                method["methodIntegration"]?["integrationResponses"] = .object(responses)
            } else {
                method["methodResponses"] = .object(responses)
            }
        }
        return responses(method)?[call["status_code"]] ?? .null
    }
}
