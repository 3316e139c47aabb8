package import JSON
package import Telemetry

/// One trace as a tree of spans.
package struct Trace: Hashable, Sendable {
    package var id: String
    /// Each span before what it caused, in order of time.
    package var spans: [Span] = []
    /// Spans that are not here because a cap was reached.
    package var omitted = 0

    package init(id: String) { self.id = id }

    package var start: Timestamp? { spans.map(\.start).min() }

    /// When all of it was over; what still runs has no end yet.
    package var end: Timestamp? {
        spans.map { span in span.parts.map(\.end).max().map { max($0, span.end ?? $0) } ?? span.end ?? span.start }
            .max()
    }

    package var isRunning: Bool { spans.contains { $0.status == .running } }

    /// A hop: what took time, and what it was for.
    package struct Span: Hashable, Sendable {
        package var id: String
        /// The segment that caused it, whether it is here or not.
        package var parentID: String
        /// The place of the span that caused it; `nil` for the first, and where that one is not known.
        package var parent: Int?
        package var depth = 0
        package var kind: Kind
        package var name: String
        /// More of what it is, for people.
        package var detail = ""
        package var start: Timestamp
        /// `nil` while it goes on.
        package var end: Timestamp?
        package var status = Status.ok
        package var error: String?
        /// Nobody waited for it: it may end after what caused it.
        package var isAsynchronous = false
        /// It names a cause that is not here.
        package var isOrphan = false
        /// It began before what caused it: clocks differ.
        package var isSkewed = false
        package var parts: [Part] = []
        package var reference = Reference.none
        /// Of an API's request or answer, or a call.
        package var httpStatus: Int?
        /// Of an API: what was asked for, and where.
        package var request: Request?
        /// What a program sent as a segment of its own.
        package var document: JSON?

        package init(
            id: String, parentID: String, kind: Kind, name: String, start: Timestamp, end: Timestamp? = nil
        ) {
            self.id = id
            self.parentID = parentID
            self.kind = kind
            self.name = name
            self.start = start
            self.end = end
        }

        package func duration(_ now: Timestamp) -> Microseconds { max((end ?? now) - start, .zero) }
        package var isFailure: Bool { status == .error || status == .fault || status == .throttled }
    }

    /// What a trace says of a request to an API.
    package struct Request: Hashable, Sendable {
        package var apiID: String
        package var stage: String
        package var method: String
        package var url: String
        package var clientIP: String
        package var responseBytes: Int

        init(_ request: APIRequest) {
            (apiID, stage, method) = (request.apiID, request.stage, request.method)
            (url, clientIP) = (request.url, request.sourceIP)
            responseBytes = request.response.body.totalCount
        }
    }

    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case api, function, execution, state, attempt, call, segment
    }

    package enum Status: String, Hashable, Sendable, CaseIterable {
        case running, ok
        /// The caller's mistake: 4xx.
        case error
        /// Refused: too much at once.
        case throttled
        /// It failed: 5xx, an error of a function, a failed execution.
        case fault

        /// Which of two says more of how a trace went.
        var rank: Int {
            switch self {
            case .ok: 0
            case .running: 1
            case .error: 2
            case .throttled: 3
            case .fault: 4
            }
        }

        static func of(http status: Int) -> Status {
            switch status {
            case 429: .throttled
            case 400..<500: .error
            case 500...: .fault
            default: .ok
            }
        }
    }

    /// A part of a span's time.
    package struct Part: Hashable, Sendable {
        package var kind: Kind
        package var start: Timestamp
        package var end: Timestamp

        package enum Kind: String, Hashable, Sendable, CaseIterable {
            case gateway, authorizer, integration
            case queue
            case coldStart = "cold start"
            case handler
            /// After the answer: extensions that were not done.
            case overhead
        }

        package init(_ kind: Kind, start: Timestamp, end: Timestamp) {
            self.kind = kind
            self.start = start
            self.end = max(end, start)
        }
    }

    /// What a span can lead to.
    package enum Reference: Hashable, Sendable {
        case none
        case request(String)
        case invocation(RequestID, function: String)
        case execution(arn: String, event: Int?)
        case table(String)
    }
}
