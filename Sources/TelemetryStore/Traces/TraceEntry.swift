import Telemetry

/// What is kept of a trace: where its pieces are, and what a list says of it.
struct TraceEntry: Sendable {
    /// What a trace began with: its earliest piece.
    enum Origin: Hashable, Sendable {
        case request(Int)
        case invocation(Int)
        case execution(String)
        case call(Int)
        case segment(String)

        var rank: Int {
            switch self {
            case .request: 0
            case .execution: 1
            case .invocation: 2
            case .segment: 3
            case .call: 4
            }
        }
    }

    struct Call: Sendable {
        var time: Timestamp
        /// The caller's segment.
        var parent: String
        var call: ServiceCall
    }

    let id: String
    private(set) var start: Timestamp
    private(set) var end: Timestamp
    private(set) var origin: Origin
    private(set) var requests: [Int] = []
    private(set) var invocations: [Int] = []
    private(set) var executions: [String] = []
    private(set) var calls: [Call] = []
    private(set) var segments: [TraceSegment] = []
    /// What is still going on.
    var open = 0
    private(set) var worst = Trace.Status.ok
    private(set) var error: String?
    private(set) var services: [String] = []
    /// Pieces beyond the caps.
    private(set) var omitted = 0

    /// Of each kind.
    private static let mostPieces = 4000
    private static let mostServices = 24

    init(id: String, start: Timestamp, origin: Origin) {
        (self.id, self.start, end, self.origin) = (id, start, start, origin)
    }

    /// How much of the archive's cap it takes.
    var weight: Int { 1 + requests.count + invocations.count + executions.count + calls.count + 8 * segments.count }

    mutating func add(request number: Int) { append(number, to: \.requests) }
    mutating func add(invocation number: Int) { append(number, to: \.invocations) }
    mutating func add(execution arn: String) { append(arn, to: \.executions) }
    mutating func add(call: Call) { append(call, to: \.calls) }

    /// A segment that is sent again takes the place of what was known of it.
    mutating func add(segment: TraceSegment) {
        if let place = segments.firstIndex(where: { $0.id == segment.id }) {
            segments[place] = segment
        } else {
            append(segment, to: \.segments)
        }
    }

    private mutating func append<Piece>(_ piece: Piece, to pieces: WritableKeyPath<TraceEntry, [Piece]>) {
        guard self[keyPath: pieces].count < Self.mostPieces else {
            omitted += 1
            return
        }
        self[keyPath: pieces].append(piece)
    }

    mutating func began(_ origin: Origin, at time: Timestamp) {
        if time < start || time == start && origin.rank < self.origin.rank { self.origin = origin }
        start = min(start, time)
        end = max(end, time)
    }

    mutating func reached(_ time: Timestamp) { end = max(end, time) }

    mutating func name(_ service: String) {
        guard !service.isEmpty, services.count < Self.mostServices, !services.contains(service) else { return }
        services.append(service)
    }

    mutating func saw(_ status: Trace.Status, _ error: String?) {
        guard status.rank > worst.rank, status != .running else { return }
        worst = status
        self.error = error ?? self.error
    }
}
