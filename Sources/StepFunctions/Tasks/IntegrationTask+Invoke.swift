import AWSCore
import JSON
import StatesLanguage
import Telemetry

/// `lambda:invoke`
extension IntegrationTask {
    func invoke() async -> Answer {
        let parameters = call.request.parameters
        let type = parameters["InvocationType"]?.string ?? "RequestResponse"
        guard type == "RequestResponse" else { return await invokeAside() }
        await call.world.gate.enter()
        defer { call.world.gate.leave() }
        guard !Task.isCancelled else { return .cancelled }
        call.started()
        var invocation = FunctionInvocation(
            payload: Self.payload(parameters["Payload"]), trigger: call.trigger,
            traceHeader: call.traceHeader)
        invocation.wantsTail = parameters["LogType"]?.string == "Tail"
        do throws(ServiceError) {
            return answer(try await call.world.invoker.invoke(Self.function(parameters), invocation))
        } catch {
            return .error(Self.qualified(error, parameters["Qualifier"]?.string))
        }
    }

    /// Of an invocation that nobody waits for there is only a status.
    private func invokeAside() async -> Answer {
        call.started()
        do throws(ServiceError) {
            var output = try await serviceAnswer()
            if output["StatusCode"] == nil { output["StatusCode"] = 202 }
            return .output(output)
        } catch {
            return .error(error)
        }
    }

    private func answer(_ result: FunctionResult) -> Answer {
        let id = RequestID(result.requestID)
        if service.isSDK { return .output(Self.sdkOutput(result), invocation: id) }
        if result.functionError != nil {
            let failure = FunctionFailure(payload: result.payload)
            return .failure(TaskFailure(failure.error, failure.cause), invocation: id)
        }
        return .output(output(result), invocation: id)
    }

    private static func sdkOutput(_ result: FunctionResult) -> JSON {
        .members([
            "ExecutedVersion": .string(result.executedVersion), "FunctionError": .text(result.functionError),
            "LogResult": .text(result.logResult),
            "Payload": .string(String(decoding: result.payload, as: UTF8.self)), "StatusCode": 200,
        ])
    }

    private func output(_ result: FunctionResult) -> JSON {
        let trace = call.traceHeader
        var headers = [
            ("X-Amz-Executed-Version", result.executedVersion), ("x-amzn-Remapped-Content-Length", "0"),
            ("X-Amzn-Trace-Id", trace),
        ]
        if let log = result.logResult { headers.append(("X-Amz-Log-Result", log)) }
        let metadata = SDKMetadata.members(
            status: 200, requestID: result.requestID, contentType: "application/json", length: result.payload.count,
            at: call.world.clock.now(), connection: "Connection", more: headers)
        var output = JSONObject([("ExecutedVersion", .string(result.executedVersion))])
        if let log = result.logResult { output["LogResult"] = .string(log) }
        output["Payload"] = FunctionFailure.output(result.payload)
        for (name, value) in metadata { output[name] = value }
        output["StatusCode"] = 200
        return .object(output)
    }

    /// A function gets an empty object where the state gives no payload, and text that is JSON as it is.
    private static func payload(_ json: JSON?) -> [UInt8] {
        guard let json, !json.isNull else { return Array("{}".utf8) }
        guard let text = json.string, (try? JSON(parsing: Array(text.utf8))) != nil else { return json.bytes }
        return Array(text.utf8)
    }

    private static func function(_ parameters: JSON) -> String {
        let name = parameters["FunctionName"]?.string ?? ""
        guard let qualifier = parameters["Qualifier"]?.string else { return name }
        return "\(name):\(qualifier)"
    }

    /// Step Functions asks for `$LATEST` by name, and the error says so.
    private static func qualified(_ error: ServiceError, _ qualifier: String?) -> ServiceError {
        let mark = "Function not found: "
        guard error.code == "ResourceNotFoundException", error.message.hasPrefix(mark), qualifier == nil,
            let arn = ARN(String(error.message.dropFirst(mark.count))),
            arn.resource.split(separator: ":").count == 2
        else { return error }
        return ServiceError(error.code, "\(error.message):$LATEST", status: error.status, details: error.details)
    }
}
