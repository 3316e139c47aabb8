import AWSCore
import JSON
import Telemetry

/// Invokes a function and answers with messages of an event stream: the response in pieces, then how it ended.
///
/// A function's answer is known when all of it is there, as it is on AWS for runtimes that do not stream.
enum InvokeWithResponseStream: RESTOperation {
    static let name = "InvokeWithResponseStream"
    static let method = "POST"
    static let path = "/2021-11-15/functions/{FunctionName}/response-streaming-invocations"

    /// Bytes of a payload in one message: clients take no larger ones than 16 MiB, and want to see progress.
    private static let pieceSize = 65_536

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let type = request.headers["X-Amz-Invocation-Type"] ?? "RequestResponse"
        guard ["RequestResponse", "DryRun"].contains(type) else {
            throw .constraint(type, at: "invocationType", "satisfy enum value set: [RequestResponse, DryRun]")
        }
        let (function, invocation) = try Invoke.prepare(request, parameters, type, in: context)
        guard type == "RequestResponse" else {
            return ServiceResponse(status: 204, headers: ["x-amzn-RequestId": invocation.id.description])
        }
        let outcome = try await context.invocations.run(function, invocation)
        var response = ServiceResponse(headers: [
            "Content-Type": EventStream.contentType, "x-amzn-RequestId": invocation.id.description,
            "X-Amz-Executed-Version": function.configuration.version,
        ])
        response.body = messages(outcome, wantsTail: invocation.wantsTail)
        return response
    }

    /// A failure is told at the end: the status was sent before anything ran.
    private static func messages(_ outcome: InvocationOutcome, wantsTail: Bool) -> [UInt8] {
        var messages: [UInt8] = []
        var end = JSONObject()
        if outcome.isError {
            end["ErrorCode"] = "Unhandled"
            end["ErrorDetails"] = .string(String(decoding: outcome.payload, as: UTF8.self))
        } else {
            var rest = outcome.payload[...]
            while !rest.isEmpty {
                let piece = Array(rest.prefix(pieceSize))
                messages += EventStream.event("PayloadChunk", piece, contentType: "application/octet-stream")
                rest = rest.dropFirst(pieceSize)
            }
        }
        if wantsTail { end["LogResult"] = .string(Base64.encoded(outcome.tail)) }
        return messages + EventStream.event("InvokeComplete", JSON.object(end).bytes)
    }
}
