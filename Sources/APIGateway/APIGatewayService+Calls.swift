package import AWSCore
import JSON
import Telemetry

extension APIGatewayService {
    /// Answers a call to an API itself.
    ///
    /// - Parameters:
    ///   - id: the API's id, from the host name or the path.
    ///   - request: its path is what the client asked for, a stage's name included where it is not `$default`.
    ///   - stage: the stage, where the path does not name it.
    package func call(_ id: String, _ request: ServiceRequest, stage: String? = nil) async -> ServiceResponse {
        let began = Timestamp.now()
        let api = gateway.apis[id].flatMap { $0.kind == .account ? nil : $0 }
        let isREST = api?.kind == .rest
        var record = APIRequest(
            requestID: Identifier.new(15) + "=", api: api?.name ?? id, apiID: id,
            kind: (api?.kind ?? .http).rawValue, route: "", method: request.method, path: request.path,
            query: request.rawQuery, sourceIP: request.context.sourceIP, status: 500, latency: .zero,
            request: HTTPMessage(request.headers, request.body), traceHeader: request.context.traceHeader,
            parentID: request.context.parentID)
        var response: ServiceResponse
        switch api?.kind {
        case .http:
            var call = HTTPCall(
                gateway: gateway, api: api ?? Document(.http, id: id), request: request, stage: stage, record: record)
            response = await call.answer()
            record = call.record
        case .rest:
            var call = RESTCall(
                gateway: gateway, api: api ?? Document(.rest, id: id), request: request, stage: stage, record: record)
            response = await call.answer()
            record = call.record
        case .account, nil:
            record.errorMessage = "there is no API with the ID \(id)"
            response = HTTPAnswer.notFound
        }
        if isREST {
            response.headers["x-amzn-RequestId"] = request.context.requestID
            response.headers["x-amz-apigw-id"] = record.requestID
        } else {
            response.headers["apigw-requestid"] = record.requestID
        }
        record.status = response.status
        record.latency = .now() - began
        record.response = HTTPMessage(response.headers, response.body)
        gateway.sink.emit(TelemetryEvent(.apiRequest(record), at: began))
        return response
    }

    /// Answers a call that names no API: the first one's, on its first or its `$default` stage.
    package func callFirst(_ request: ServiceRequest) async -> ServiceResponse {
        let all = gateway.apis.all(.http) + gateway.apis.all(.rest)
        let callable = all.compactMap { api -> (String, String)? in
            let stages = api.part("stages")
            return (stages["$default"] != nil ? "$default" : stages.keys.first).map { (api.id, $0) }
        }
        guard let (id, stage) = callable.first else {
            return HTTPAnswer.message(404, "No API has a stage yet; create one on the endpoint")
        }
        return await call(id, request, stage: stage)
    }
}

extension HTTPMessage {
    init(_ headers: HTTPHeaders, _ body: [UInt8]) {
        self.init(headers: headers.fields.map { Header($0.name, $0.value) }, body: Payload(body))
    }
}
