import AWSCore
import HTTPTransport
import JSON

/// Calls the CloudWatch Logs API of an endpoint.
struct LogsClient {
    let endpoint: EndpointClient

    init(_ options: EndpointOptions) throws {
        endpoint = EndpointClient(try options.address())
    }

    /// - Throws: ``Failure`` with the service's error and message.
    func call(_ operation: String, _ input: JSON) async throws -> JSON {
        let headers: HTTPHeaders = [
            "Authorization": "AWS4-HMAC-SHA256 Credential=fntop/20260101/us-east-1/logs/aws4_request",
            "Content-Type": "application/x-amz-json-1.1",
            "X-Amz-Target": "Logs_20140328.\(operation)",
        ]
        let reply = try await endpoint.send(
            HTTPRequest(method: "POST", target: "/", headers: headers, body: input.bytes))
        let answer = try? JSON(parsing: reply.body)
        guard reply.status < 300 else {
            let code = answer?["__type"]?.string.map { $0.split(separator: "#").last.map(String.init) ?? $0 }
            let message = answer?["message"]?.string ?? answer?["Message"]?.string
            let isWrong = code == "MalformedQueryException"
            throw Failure(
                isWrong
                    ? "The query is not understood: \(message ?? "")"
                    : [code, message].compactMap { $0 }.joined(separator: ": "),
                status: isWrong ? .wrongUsage : .failed)
        }
        return answer ?? .object(JSONObject())
    }

    /// The names of all groups.
    func groups() async throws -> [String] {
        var names: [String] = []
        var input: JSON = ["limit": 50]
        while true {
            let page = try await call("DescribeLogGroups", input)
            names += page["logGroups"]?.array?.compactMap { $0["logGroupName"]?.string } ?? []
            guard let token = page["nextToken"], token.string != nil else { return names }
            input["nextToken"] = token
        }
    }
}
