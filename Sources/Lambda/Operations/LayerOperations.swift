import AWSCore
import JSON

enum PublishLayerVersion: RESTOperation {
    static let name = "PublishLayerVersion"
    static let method = "POST"
    static let path = "/2018-10-31/layers/{LayerName}/versions"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let input = try request.json()
        let name = try Layers.name(parameters["LayerName"] ?? "")
        let description = try Input.description(input)
        let license = try Input.string(input, "LicenseInfo")
        guard license?.count ?? 0 <= 512 else {
            throw .constraint(license ?? "", at: "licenseInfo", "have length less than or equal to 512")
        }
        let code = try await Code.prepare(input["Content"] ?? .null, for: "layer-\(name)", in: context)
        var version = LayerVersion(
            arn: ARN(
                service: "lambda", region: request.context.region, account: request.context.account,
                resource: "layer:\(name)"),
            number: 0, code: code)
        version.text = description ?? ""
        version.license = license ?? ""
        version.runtimes = (input["CompatibleRuntimes"]?.array ?? []).compactMap(\.string)
        version.architectures = (input["CompatibleArchitectures"]?.array ?? []).compactMap(\.string)
        let added = try context.layers.add(version)
        return ServiceResponse(status: 201, body: added.detail.bytes, resource: name)
    }
}

enum GetLayerVersion: RESTOperation {
    static let name = "GetLayerVersion"
    static let method = "GET"
    static let path = "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let name = try Layers.name(parameters["LayerName"] ?? "")
        let version = try context.layers.version(name, Int(parameters["VersionNumber"] ?? "") ?? 0)
        return ServiceResponse(body: version.detail.bytes, resource: name)
    }
}

enum DeleteLayerVersion: RESTOperation {
    static let name = "DeleteLayerVersion"
    static let method = "DELETE"
    static let path = "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let name = try Layers.name(parameters["LayerName"] ?? "")
        try context.layers.delete(name, Int(parameters["VersionNumber"] ?? "") ?? 0)
        return ServiceResponse(status: 204, resource: name)
    }
}

enum ListLayerVersions: RESTOperation {
    static let name = "ListLayerVersions"
    static let method = "GET"
    static let path = "/2018-10-31/layers/{LayerName}/versions"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let name = try Layers.name(parameters["LayerName"] ?? "")
        let all = context.layers.versions(of: name).filter { $0.suits(request) }
        return try Page(all, request, largest: 50) { String($0.number) }.response("LayerVersions") { $0.json }
    }
}

/// Also answers `GetLayerVersionByArn`, which has the same path and `find=LayerVersion`.
enum ListLayers: RESTOperation {
    static let name = "ListLayers"
    static let method = "GET"
    static let path = "/2018-10-31/layers"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        if request.query("find") == "LayerVersion" {
            let text = request.query("Arn") ?? ""
            guard let colon = text.lastIndex(of: ":") else {
                throw .constraint(
                    text, at: "arn",
                    "satisfy regular expression pattern: arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:"
                        + "[a-zA-Z0-9-_]+:[0-9]+")
            }
            let name = try Layers.name(String(text[..<colon]))
            let version = try context.layers.version(name, Int(text[text.index(after: colon)...]) ?? 0)
            return ServiceResponse(body: version.detail.bytes, resource: name)
        }
        let all = context.layers.latest { $0.suits(request) }
        return try Page(all, request, largest: 50) { $0.name }.response("Layers") { latest in
            [
                "LayerName": .string(latest.name), "LayerArn": .string(latest.arn.description),
                "LatestMatchingVersion": latest.json,
            ]
        }
    }
}

extension LayerVersion {
    /// Whether it is for the runtime and the processor that a list asks for.
    fileprivate func suits(_ request: ServiceRequest) -> Bool {
        let runtime = request.query("CompatibleRuntime")
        let architecture = request.query("CompatibleArchitecture")
        return (runtime.map { runtimes.contains($0) } ?? true)
            && (architecture.map { architectures.contains($0) } ?? true)
    }
}
