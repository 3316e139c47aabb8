import AWSCore
import JSON
import Telemetry

enum CreateFunction: RESTOperation {
    static let name = "CreateFunction"
    static let method = "POST"
    static let path = "/2015-03-31/functions"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let input = try request.json()
        let reference = try FunctionReference(Input.required(input, "FunctionName"))
        guard reference.name.utf8.count <= 64 else {
            throw .constraint(reference.name, at: "functionName", "have length less than or equal to 64")
        }
        if try Input.string(input, "PackageType") == "Image" {
            throw .invalid("fntop runs functions without containers: the package type Image is not supported.")
        }
        _ = try Input.required(input, "Role")
        guard input["Runtime"]?.string != nil else {
            throw .invalid("Runtime is mandatory for functions created with deployment packages.")
        }
        guard input["Handler"]?.string != nil else {
            throw .invalid("Handler is mandatory for functions created with deployment packages.")
        }
        var configuration = FunctionConfiguration(
            name: reference.name, region: request.context.region, account: request.context.account)
        try configuration.apply(input)
        guard context.functions.named(reference.name) == nil else { throw alreadyExists(reference.name) }
        let code = try await Code.prepare(input["Code"] ?? .null, for: reference.name, in: context)
        configuration.codeSize = code.size
        configuration.codeSHA256 = code.sha256
        let runtime = await context.interpreters.resolve(configuration.runtime)
        if case .missing(let reason) = runtime { configuration.failure = reason }
        var function = LambdaFunction(
            configuration: configuration, code: code, runtime: runtime, reservedConcurrency: nil,
            tags: input["Tags"]?.object ?? JSONObject(), policy: [], policyRevision: RequestID().description)
        let published = input["Publish"]?.bool == true ? function.publish(description: nil).version : nil
        guard try context.functions.add(function) else {
            context.code.remove(code)
            throw alreadyExists(reference.name)
        }
        context.environments.changed(VersionName(reference.name))
        return ServiceResponse(
            status: 201, body: (published?.configuration ?? configuration).json.bytes, resource: reference.name)
    }

    private static func alreadyExists(_ name: String) -> ServiceError { .conflict("Function already exist: \(name)") }
}
