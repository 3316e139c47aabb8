import AWSCore
import JSON
import VelocityTemplate

/// The gateway's own answers of a REST API, as the API has changed them.
struct RESTFailures {
    let deployed: RESTPlan.Deployed
    let incoming: Incoming

    /// - Parameter status: where the type's own does not fit.
    func answer(
        _ type: GatewayResponse, _ context: RESTContext?, status: Int? = nil, message: String? = nil
    ) -> ServiceResponse {
        let standard = status ?? type.status ?? 500
        let fallback = standard < 500 ? GatewayResponse.default4XX : .default5XX
        let own = deployed.gatewayResponses[type.rawValue]
        let custom = own ?? deployed.gatewayResponses[fallback.rawValue]
        let text = message ?? type.message
        var response = ServiceResponse(
            status: custom?["statusCode"]?.string.flatMap { Int($0) } ?? standard,
            headers: ["Content-Type": "application/json", "x-amzn-ErrorType": type.error], body: type.body(text))
        guard let custom else { return response }
        var known =
            context
            ?? RESTContext(
                incoming: incoming, resourcePath: "",
                method: RESTMethod(.null, resource: "", .init(members: JSONObject(), parts: [:])))
        known.error = (type.rawValue, text ?? "")
        for (name, value) in custom["responseParameters"]?.object ?? JSONObject() {
            guard let header = Self.header(name), let text = known.value(value.string ?? "") else { continue }
            response.headers[header] = text
        }
        let templates = custom["responseTemplates"]?.object ?? JSONObject()
        guard
            let (mediaType, source) = templates.first(where: { $0.0 == "application/json" })
                ?? templates.first(where: { _ in true }),
            let template = try? VelocityTemplate(source.string ?? ""),
            let rendered = try? known.render(template, body: incoming.request.body)
        else { return response }
        response.headers["Content-Type"] = mediaType
        response.body = Array(rendered.text.utf8)
        return response
    }

    private static func header(_ name: String) -> String? {
        let prefix = "gatewayresponse.header."
        return name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : nil
    }
}
