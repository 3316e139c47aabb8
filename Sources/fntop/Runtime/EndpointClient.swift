import AWSCore
import Demo
import HTTPTransport
import JSON
import NIOPosix
import Telemetry

/// Talks to an endpoint as any AWS client does.
struct EndpointClient: EndpointCaller {
    let address: EndpointAddress
    let http: HTTPClient

    init(_ address: EndpointAddress, http: HTTPClient = .shared) {
        self.address = address
        self.http = http
    }

    func call(_ request: EndpointRequest) async throws -> EndpointAnswer {
        let reply = try await send(
            HTTPRequest(
                method: request.method,
                target: request.path,
                headers: HTTPHeaders(request.headers),
                body: request.body
            )
        )
        return EndpointAnswer(status: reply.status, body: reply.body)
    }

    /// - Throws: ``Failure`` with the status for "unreachable" when no answer came.
    func send(_ request: HTTPRequest, timeout: Duration = .seconds(930)) async throws -> HTTPReply {
        do {
            return try await http.send(request, to: address.host, port: address.port, timeout: timeout)
        } catch let error as HTTPClientError {
            throw Failure("\(address) cannot be reached: \(error)", status: .unreachable)
        }
    }

    /// Whether a fntop answers there.
    func answers() async -> Bool {
        let request = HTTPRequest(target: "/_fntop/health")
        do {
            let reply = try await http.send(request, to: address.host, port: address.port, timeout: .seconds(2))
            if reply.status != 200 { Diagnostics.note("endpoint", "\(address) answered \(reply.status): no fntop") }
            return reply.status == 200
        } catch {
            Diagnostics.note("endpoint", "\(address) does not answer: \(error)")
            return false
        }
    }

    /// Which operations of which services are served: `{"dynamodb": ["CreateTable", …], …}`.
    func operations() async throws -> JSON {
        let reply = try await send(HTTPRequest(target: "/_fntop/operations"), timeout: .seconds(5))
        guard reply.status == 200, let answer = try? JSON(parsing: reply.body) else {
            throw Failure("\(address) does not tell its operations: it answered \(reply.status)")
        }
        return answer
    }

    /// Invokes a function by the Lambda API.
    func invoke(_ function: String, payload: [UInt8], isAsynchronous: Bool = false) async throws -> InvokeReply {
        var headers: HTTPHeaders = [
            "Authorization": "AWS4-HMAC-SHA256 Credential=fntop/20260101/us-east-1/lambda/aws4_request",
            "Content-Type": "application/json",
            "X-Amz-Log-Type": "Tail",
        ]
        if isAsynchronous {
            headers["X-Amz-Invocation-Type"] = "Event"
            headers["X-Amz-Log-Type"] = "None"
        }
        let path = "/2015-03-31/functions/\(PercentEncoding.encoded(function))/invocations"
        let reply = try await send(HTTPRequest(method: "POST", target: path, headers: headers, body: payload))
        guard reply.status < 300 else {
            let answer = try? JSON(parsing: reply.body)
            let message = answer?["message"]?.string ?? answer?["Message"]?.string
            throw Failure(message ?? "\(function): the endpoint answered \(reply.status)")
        }
        return InvokeReply(
            payload: reply.body,
            requestID: reply.headers["x-amzn-RequestId"] ?? "",
            functionError: reply.headers["X-Amz-Function-Error"],
            log: reply.headers["X-Amz-Log-Result"].flatMap(Base64.decoded) ?? []
        )
    }
}

/// What an invocation answered.
struct InvokeReply {
    var payload: [UInt8]
    var requestID: String
    /// `Unhandled` when the function failed.
    var functionError: String?
    /// The last 4 KiB of its log.
    var log: [UInt8]

    /// The error's type and message; `nil` when the function succeeded.
    var failure: String? {
        guard functionError != nil else { return nil }
        let json = try? JSON(parsing: payload)
        let parts = [json?["errorType"]?.string, json?["errorMessage"]?.string].compactMap { $0 }
        return parts.isEmpty ? functionError : parts.joined(separator: ": ")
    }
}

extension HTTPClient {
    static let shared = HTTPClient(group: MultiThreadedEventLoopGroup.singleton)
}
