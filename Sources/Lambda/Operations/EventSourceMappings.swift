import AWSCore
import JSON
import Telemetry

enum CreateEventSourceMapping: RESTOperation {
    static let name = "CreateEventSourceMapping"
    static let method = "POST"
    static let path = "/2015-03-31/event-source-mappings"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let input = try request.json()
        guard let text = try Input.string(input, "EventSourceArn"), !text.isEmpty else {
            throw .invalid("Unrecognized event source.")
        }
        let source = try EventSourceKind.stream(text)
        let reference = try FunctionReference(Input.required(input, "FunctionName"))
        let function: LambdaFunction
        do throws(ServiceError) {
            function = try context.functions.find(reference, call: request.context)
        } catch {
            throw .invalid("Function does not exist")
        }
        var mapping = EventSourceMapping(
            id: RequestID().description, source: source, function: reference,
            functionARN: reference.arn(of: function), startingPosition: try position(input, source))
        try mapping.apply(input)
        try await context.sources.create(mapping)
        return ServiceResponse(status: 202, body: mapping.json(state: "Creating").bytes, resource: function.name)
    }

    private static func position(
        _ input: JSON, _ source: ARN
    ) throws(ServiceError) -> EventSourceMapping.StartingPosition {
        guard let text = try Input.string(input, "StartingPosition") else {
            throw .invalid(ServiceError.absent("startingPosition").message)
        }
        guard text != "AT_TIMESTAMP" else { throw .invalid("Unsupported starting position for arn type: \(source)") }
        guard let position = EventSourceMapping.StartingPosition(rawValue: text) else {
            throw .constraint(
                text, at: "startingPosition", "satisfy enum value set: [LATEST, AT_TIMESTAMP, TRIM_HORIZON]")
        }
        guard input["StartingPositionTimestamp"]?.isNull ?? true else {
            throw .invalid("StartingPositionTimestamp is not valid for the starting position \(text).")
        }
        return position
    }
}

enum GetEventSourceMapping: RESTOperation {
    static let name = "GetEventSourceMapping"
    static let method = "GET"
    static let path = "/2015-03-31/event-source-mappings/{UUID}"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let mapping = try context.sources.find(parameters["UUID"] ?? "")
        return ServiceResponse(body: mapping.json.bytes, resource: mapping.function.name)
    }
}

enum UpdateEventSourceMapping: RESTOperation {
    static let name = "UpdateEventSourceMapping"
    static let method = "PUT"
    static let path = "/2015-03-31/event-source-mappings/{UUID}"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let input = try request.json()
        let before = try context.sources.find(parameters["UUID"] ?? "")
        var mapping = before
        if let name = try Input.string(input, "FunctionName") {
            let reference = try FunctionReference(name)
            guard let function = try? context.functions.find(reference, call: request.context) else {
                throw .invalid("Function does not exist")
            }
            mapping.function = reference
            mapping.functionARN = reference.arn(of: function)
        }
        try mapping.apply(input)
        mapping = try await context.sources.update(mapping)
        let state =
            before.isEnabled == mapping.isEnabled ? "Updating" : mapping.isEnabled ? "Enabling" : "Disabling"
        return ServiceResponse(status: 202, body: mapping.json(state: state).bytes, resource: mapping.function.name)
    }
}

enum DeleteEventSourceMapping: RESTOperation {
    static let name = "DeleteEventSourceMapping"
    static let method = "DELETE"
    static let path = "/2015-03-31/event-source-mappings/{UUID}"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let mapping = try context.sources.delete(parameters["UUID"] ?? "")
        return ServiceResponse(
            status: 202, body: mapping.json(state: "Deleting").bytes, resource: mapping.function.name)
    }
}

enum ListEventSourceMappings: RESTOperation {
    static let name = "ListEventSourceMappings"
    static let method = "GET"
    static let path = "/2015-03-31/event-source-mappings"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let source = request.query("EventSourceArn")
        var function: FunctionReference?
        if let name = request.query("FunctionName") { function = try FunctionReference(name) }
        let all = context.sources.sorted.filter { mapping in
            (source == nil || mapping.source.description == source)
                && (function == nil || mapping.function.name == function?.name)
                && (function?.qualifier == nil || mapping.function.qualifier == function?.qualifier)
        }
        return try Page(all, request) { $0.id }.response("EventSourceMappings") { $0.json }
    }
}
