package import AWSCore
package import JSON

extension LambdaService {
    /// `Invoke` has members in headers, the query and the body; of all others, `Qualifier` is always in the query.
    package func call(_ operation: String, _ input: JSON, context: CallContext) async throws(ServiceError) -> JSON {
        guard operation == Invoke.name else {
            guard let path = paths[operation] else { throw Self.notImplemented(signingName, operation) }
            var members = input
            members["Qualifier"] = nil
            var request = try path.request(members, context: context)
            if let qualifier = input["Qualifier"]?.string {
                request.query.append((name: "Qualifier", value: qualifier))
            }
            return try await respond(to: request).output()
        }
        let response = await respond(to: try invocation(input, context))
        guard response.status < 400 else { return try response.output() }
        var output: JSON = ["StatusCode": .int(response.status)]
        let headers = [
            "FunctionError": "X-Amz-Function-Error", "LogResult": "X-Amz-Log-Result",
            "ExecutedVersion": "X-Amz-Executed-Version",
        ]
        for (member, header) in headers {
            if let value = response.headers[header] { output[member] = .string(value) }
        }
        output["Payload"] = .string(String(decoding: response.body, as: UTF8.self))
        return output
    }

    private func invocation(_ input: JSON, _ context: CallContext) throws(ServiceError) -> ServiceRequest {
        var members = JSONObject()
        members["FunctionName"] = input["FunctionName"]
        var request = try RESTPath(Invoke.method, Invoke.path).request(.object(members), context: context)
        if let qualifier = input["Qualifier"]?.string { request.query.append((name: "Qualifier", value: qualifier)) }
        let headers = [
            "InvocationType": "X-Amz-Invocation-Type", "LogType": "X-Amz-Log-Type",
            "ClientContext": "X-Amz-Client-Context",
        ]
        for (member, header) in headers {
            if let value = input[member]?.string { request.headers[header] = value }
        }
        if let payload = input["Payload"], !payload.isNull {
            request.body = payload.string.map { Array($0.utf8) } ?? payload.bytes
        }
        return request
    }
}
