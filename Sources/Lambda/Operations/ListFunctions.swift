import AWSCore
import JSON

enum ListFunctions: RESTOperation {
    static let name = "ListFunctions"
    static let method = "GET"
    static let path = "/2015-03-31/functions"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let limit = try Page.limit(request)
        let after = try Page.after(request)
        let rest = context.functions.sorted.filter { $0.name > after }
        let page = rest.prefix(limit)
        var output: JSON = ["Functions": .array(page.map(\.configuration.json))]
        output["NextMarker"] =
            rest.count > page.count ? page.last.map { .string(Page.marker($0.name)) } ?? .null : .null
        return ServiceResponse(body: output.bytes)
    }
}

/// `Marker` and `MaxItems` of lists.
enum Page {
    static func limit(_ request: ServiceRequest) throws(ServiceError) -> Int {
        guard let text = request.query("MaxItems") else { return 50 }
        guard let count = Int(text), (1...10_000).contains(count) else {
            throw .constraint(text, at: "maxItems", "have value between 1 and 10000")
        }
        return min(count, 50)
    }

    static func marker(_ name: String) -> String { Base64.encode(Array(name.utf8)) }

    /// The name after which the page begins.
    static func after(_ request: ServiceRequest) throws(ServiceError) -> String {
        guard let marker = request.query("Marker"), !marker.isEmpty else { return "" }
        guard let bytes = Base64.decode(marker) else { throw .invalid("The marker \(marker) is not valid.") }
        return String(decoding: bytes, as: UTF8.self)
    }
}

enum ListVersionsByFunction: RESTOperation {
    static let name = "ListVersionsByFunction"
    static let method = "GET"
    static let path = "/2015-03-31/functions/{FunctionName}/versions"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let function = try context.functions.find(
            FunctionReference(parameters["FunctionName"] ?? ""), call: request.context)
        var version = function.configuration.json
        version["FunctionArn"] = .string("\(function.arn):$LATEST")
        let output: JSON = ["NextMarker": nil, "Versions": [version]]
        return ServiceResponse(body: output.bytes)
    }
}
