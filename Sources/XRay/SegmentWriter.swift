import JSON
import Telemetry
import TelemetryStore

/// Writes a trace as X-Ray's segment documents: a segment for each API, function, execution and program, with what it did inside
/// as subsegments.
struct SegmentWriter {
    private let trace: Trace
    private let region: String
    private let account: String
    private var children: [[Int]]

    init(_ trace: Trace, region: String, account: String) {
        self.trace = trace
        self.region = region
        self.account = account
        children = Array(repeating: [], count: trace.spans.count)
        for (place, span) in trace.spans.enumerated() {
            if let parent = span.parent { children[parent].append(place) }
        }
    }

    var segments: [JSON] {
        trace.spans.indices.filter { isSegment(trace.spans[$0]) }.map { segment($0) }
    }

    private func isSegment(_ span: Trace.Span) -> Bool {
        switch span.kind {
        case .api, .function, .execution: true
        case .state, .attempt, .call: span.parent == nil
        case .segment:
            span.parent == nil || span.document?["type"]?.string != "subsegment" && span.document?["trace_id"] != nil
        }
    }

    private func segment(_ place: Int) -> JSON {
        let span = trace.spans[place]
        var body = members(of: span)
        body["trace_id"] = .string(trace.id)
        if let parent = span.parent, !trace.spans[parent].id.isEmpty {
            body["parent_id"] = .string(trace.spans[parent].id)
        } else if !span.parentID.isEmpty {
            body["parent_id"] = .string(span.parentID)
        }
        if let origin = origin(of: span.kind) { body["origin"] = .string(origin) }
        fill(&body, of: place, depth: 0)
        return .object(body)
    }

    /// Subsegments nest as deep as spans, which have a limit of their own.
    private func fill(_ body: inout JSONObject, of place: Int, depth: Int) {
        let span = trace.spans[place]
        var parts = span.kind == .function ? phases(of: span) : []
        for child in children[place] where !isSegment(trace.spans[child]) {
            var part = members(of: trace.spans[child])
            fill(&part, of: child, depth: depth + 1)
            parts.append(.object(part))
        }
        if !parts.isEmpty { body["subsegments"] = .array(parts) }
    }

    /// As X-Ray shows a function's time.
    private func phases(of span: Trace.Span) -> [JSON] {
        span.parts.compactMap { part in
            let name: String
            switch part.kind {
            case .queue: name = "Dwell Time"
            case .coldStart: name = "Initialization"
            case .handler: name = "Invocation"
            case .overhead: name = "Overhead"
            case .gateway, .authorizer, .integration: return nil
            }
            let number = Trace.Part.Kind.allCases.firstIndex(of: part.kind) ?? 0
            return [
                "id": .string(TraceHeader.segment(of: -1 - number, in: span.id)), "name": .string(name),
                "start_time": .seconds(part.start), "end_time": .seconds(part.end),
            ]
        }
    }

    private func members(of span: Trace.Span) -> JSONObject {
        if let document = span.document?.object {
            var body = document
            body["subsegments"] = nil
            return body
        }
        var body = JSONObject()
        body["id"] = .string(
            span.id.isEmpty ? TraceHeader.segment(of: Int(span.start.microseconds), in: span.name) : span.id)
        body["name"] = .string(name(of: span))
        body["start_time"] = .seconds(span.start)
        // A function's segment lasts until its environment was free.
        if let end = span.end {
            body["end_time"] = .seconds(span.parts.map(\.end).reduce(end, max))
        } else {
            body["in_progress"] = true
        }
        switch span.status {
        case .error: body["error"] = true
        case .throttled: (body["error"], body["throttle"]) = (true, true)
        case .fault: body["fault"] = true
        case .ok, .running: break
        }
        fill(&body, of: span)
        return body
    }

    private func fill(_ body: inout JSONObject, of span: Trace.Span) {
        if let status = span.httpStatus { body["http"] = ["response": ["status": .int(status)]] }
        if let request = span.request {
            body["http"] = [
                "request": [
                    "method": .string(request.method), "url": .string(request.url),
                    "client_ip": .string(request.clientIP),
                ],
                "response": [
                    "status": .int(span.httpStatus ?? 0), "content_length": .int(request.responseBytes),
                ],
            ]
            body["annotations"] = ["aws:api_id": .string(request.apiID), "aws:api_stage": .string(request.stage)]
        }
        if let aws = aws(span) { body["aws"] = aws }
        if span.kind == .call { body["namespace"] = "aws" }
        guard let error = span.error, !error.isEmpty else { return }
        let cut = error.firstRange(of: ": ")
        body["cause"] = [
            "working_directory": "",
            "exceptions": [
                [
                    "id": .string(TraceHeader.segment(of: -100, in: span.id)),
                    "type": .string(cut.map { String(error[..<$0.lowerBound]) } ?? error),
                    "message": .string(cut.map { String(error[$0.upperBound...]) } ?? ""),
                ]
            ],
        ]
    }

    private func aws(_ span: Trace.Span) -> JSON? {
        switch span.reference {
        case .invocation(let id, let function):
            return [
                "request_id": .string(id.description),
                "function_arn": .string("arn:aws:lambda:\(region):\(account):function:\(function)"),
            ]
        case .execution(let arn, _) where span.kind == .execution: return ["execution_arn": .string(arn)]
        case .request(let id):
            return [
                "api_gateway": [
                    "account_id": .string(account), "rest_api_id": .string(span.request?.apiID ?? ""),
                    "stage": .string(span.request?.stage ?? ""), "request_id": .string(id),
                ]
            ]
        case .table(let name):
            return ["operation": .string(operation(of: span)), "table_name": .string(name)]
        case .none, .execution:
            return span.kind == .call
                ? ["operation": .string(operation(of: span)), "resource_names": [.string(span.detail)]] : nil
        }
    }

    private func operation(of span: Trace.Span) -> String {
        span.name.split(separator: " ").dropFirst().joined(separator: " ")
    }

    private func name(of span: Trace.Span) -> String {
        guard span.kind == .call else { return span.name }
        let service = span.name.split(separator: " ").first.map(String.init) ?? span.name
        return Self.serviceNames[service] ?? service
    }

    private static let serviceNames = [
        "dynamodb": "DynamoDB", "lambda": "Lambda", "states": "STEPFUNCTIONS", "sqs": "SQS", "s3": "S3",
        "events": "Events",
        "logs": "Logs", "sns": "SNS",
    ]

    private func origin(of kind: Trace.Kind) -> String? {
        switch kind {
        case .api: "AWS::ApiGateway::Stage"
        case .function: "AWS::Lambda::Function"
        case .execution: "AWS::StepFunctions::StateMachine"
        case .state, .attempt, .call, .segment: nil
        }
    }
}
