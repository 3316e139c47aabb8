package import JSON

/// A service whose operations are named by `X-Amz-Target` (AWS JSON 1.0 and 1.1).
package protocol JSONTargetService: Service {
    associatedtype Context: Sendable
    var context: Context { get }
    var operations: OperationTable<Context> { get }
    /// `application/x-amz-json-1.0` or `…-1.1`.
    var contentType: String { get }
    /// What stands before the code in an error's `__type`: `com.amazonaws.dynamodb.v20120810#`. Empty for most.
    var errorPrefix: String { get }
    /// Whether answers have the header `x-amz-crc32`.
    var hasChecksum: Bool { get }

    /// What the call was about, for telemetry: a table, a log group.
    func resource(of input: JSON) -> String
}

/// The operations of a service by name.
package struct OperationTable<Context: Sendable>: Sendable {
    package typealias Run = @Sendable (JSON, CallContext, Context) async throws(ServiceError) -> JSON

    package typealias Stream = @Sendable (JSON, CallContext, Context) async throws(ServiceError) -> AsyncStream<[UInt8]>

    private let runs: [String: Run]
    private let streams: [String: Stream]

    /// - Parameter streaming: those that answer with events as they happen.
    package init(
        _ operations: [any ServiceOperation<Context>.Type],
        streaming: [any StreamingOperation<Context>.Type] = []
    ) {
        var runs: [String: Run] = [:]
        for operation in operations { runs[operation.name] = Self.run(operation) }
        self.runs = runs
        var streams: [String: Stream] = [:]
        for operation in streaming { streams[operation.name] = Self.stream(operation) }
        self.streams = streams
    }

    private static func stream(_ operation: any StreamingOperation<Context>.Type) -> Stream {
        func open<Operation: StreamingOperation>(_: Operation.Type) -> Stream where Operation.Context == Context {
            { input, call, context async throws(ServiceError) in
                try await Operation.run(input, call: call, in: context)
            }
        }
        return open(operation)
    }

    package func stream(_ name: String) -> Stream? { streams[name] }

    private static func run(_ operation: any ServiceOperation<Context>.Type) -> Run {
        func open<Operation: ServiceOperation>(_: Operation.Type) -> Run where Operation.Context == Context {
            { input, call, context async throws(ServiceError) in
                try await Operation.run(input, call: call, in: context)
            }
        }
        return open(operation)
    }

    package subscript(name: String) -> Run? { runs[name] }
    package var names: [String] { (Array(runs.keys) + Array(streams.keys)).sorted() }
}

extension JSONTargetService {
    package var errorPrefix: String { "" }
    package var hasChecksum: Bool { false }
    package var operationNames: [String] { operations.names }

    package func respond(to request: ServiceRequest) async -> ServiceResponse {
        let target = request.headers["X-Amz-Target"] ?? ""
        let dot = target.utf8.firstIndex(of: UInt8(ascii: "."))
        let name = dot.map { String(target[target.utf8.index(after: $0)...]) } ?? target
        let stream = operations.stream(name)
        let run = operations[name]
        var resource = ""
        do throws(ServiceError) {
            guard run != nil || stream != nil else { throw Self.notImplemented(signingName, name) }
            let input = try request.json()
            guard input.object != nil else {
                throw ServiceError("SerializationException", "Start of structure or map found where not expected.")
            }
            resource = self.resource(of: input)
            if let stream {
                let events = try await stream(input, request.context, context)
                return streamed(events, operation: name, resource: resource, request)
            }
            guard let output = try await run?(input, request.context, context) else {
                throw Self.notImplemented(signingName, name)
            }
            return success(output, operation: name, resource: resource, request)
        } catch {
            return answer(error, operation: name, resource: resource, request)
        }
    }

    private func streamed(
        _ events: AsyncStream<[UInt8]>, operation: String, resource: String, _ request: ServiceRequest
    ) -> ServiceResponse {
        var response = ServiceResponse(
            headers: ["Content-Type": EventStream.contentType, "x-amzn-RequestId": request.context.requestID],
            operation: operation, resource: resource)
        response.stream = events
        return response
    }

    private func success(
        _ output: JSON, operation: String, resource: String, _ request: ServiceRequest
    ) -> ServiceResponse {
        checked(
            ServiceResponse(
                headers: ["Content-Type": contentType, "x-amzn-RequestId": request.context.requestID],
                body: isEmpty(output) ? [] : output.bytes,
                operation: operation,
                resource: resource
            ))
    }

    private func answer(
        _ error: ServiceError, operation: String, resource: String, _ request: ServiceRequest
    ) -> ServiceResponse {
        var body = error.details
        body["__type"] = .string(errorPrefix + error.code)
        body["message"] = .string(error.message)
        return checked(
            ServiceResponse(
                status: error.status,
                headers: [
                    "Content-Type": contentType, "x-amzn-RequestId": request.context.requestID,
                    "x-amzn-ErrorType": error.code,
                ],
                body: JSON.object(body).bytes,
                operation: operation,
                resource: resource,
                errorCode: error.code
            ))
    }

    private func isEmpty(_ output: JSON) -> Bool {
        if case .null = output { true } else { false }
    }

    private func checked(_ response: ServiceResponse) -> ServiceResponse {
        guard hasChecksum else { return response }
        var copy = response
        copy.headers.add("x-amz-crc32", String(CRC32.checksum(response.body)))
        return copy
    }
}

extension Service {
    /// The answer to an operation that is not served here: says which one.
    package static func notImplemented(_ service: String, _ operation: String) -> ServiceError {
        ServiceError("NotImplemented", "fntop does not serve \(operation) of \(service)", status: 501)
    }
}
