import DequeModule
import Telemetry

/// The requests of APIs that are kept, up to a count, and their bodies, up to a number of bytes; and what each route answered
/// second by second.
struct APIArchive {
    struct Record: Sendable {
        var time: Timestamp
        var request: APIRequest
    }

    struct RouteKey: Hashable, Comparable, Sendable {
        var api: String
        var route: String

        static func < (left: RouteKey, right: RouteKey) -> Bool { (left.api, left.route) < (right.api, right.route) }
    }

    private(set) var descriptions: [String: APIDescription] = [:]
    private(set) var records: Deque<Record> = []
    private(set) var routes: [RouteKey: SecondLog<RouteSecond>] = [:]
    /// The number of the first record; numbers grow with every record.
    private(set) var first = 0
    private var places: [String: Int] = [:]
    private var payloadBytes = 0
    /// Records before this number have no bodies any more.
    private var payloadsFrom = 0
    private(set) var evicted = 0
    private(set) var ignored = 0
    let capacity: Int
    let payloadCap: Int

    /// Names beyond this are an attack, not an application.
    private static let mostNames = 10_000

    init(capacity: Int, payloadCap: Int) {
        self.capacity = max(capacity, 1)
        self.payloadCap = payloadCap
    }

    mutating func changed(_ description: APIDescription) {
        guard descriptions[description.id] != nil || descriptions.count < Self.mostNames else {
            ignored += 1
            return
        }
        descriptions[description.id] = description
    }

    mutating func deleted(_ id: String) { descriptions[id] = nil }

    /// - Returns: the number of its record; `nil` when it is known already.
    mutating func take(_ request: APIRequest, at time: Timestamp) -> Int? {
        guard request.requestID.isEmpty || self[request.requestID] == nil else { return nil }
        count(request, at: time)
        let number = first + records.count
        places[request.requestID] = number
        records.append(Record(time: time, request: request))
        payloadBytes += request.payloadBytes
        trim()
        return number
    }

    private mutating func count(_ request: APIRequest, at time: Timestamp) {
        let key = RouteKey(api: request.apiKey, route: request.route)
        guard routes[key] != nil || routes.count < Self.mostNames else {
            ignored += 1
            return
        }
        routes[key, default: SecondLog()].change(at: time) { second in
            second.classes.add(status: request.status)
            second.durations.append(request.latency.compact)
            if request.integrationLatency > .zero { second.integrations.append(request.integrationLatency.compact) }
        }
    }

    private mutating func trim() {
        while records.count > capacity, let oldest = records.popFirst() {
            if places[oldest.request.requestID] == first { places[oldest.request.requestID] = nil }
            if first >= payloadsFrom { payloadBytes -= oldest.request.payloadBytes }
            first += 1
            evicted += 1
        }
        payloadsFrom = max(payloadsFrom, first)
        while payloadBytes > payloadCap, payloadsFrom < first + records.count {
            let index = payloadsFrom - first
            payloadBytes -= records[index].request.payloadBytes
            records[index].request.shedPayloads()
            payloadsFrom += 1
        }
    }

    subscript(number number: Int) -> Record? {
        number >= first && number < first + records.count ? records[number - first] : nil
    }

    subscript(id: String) -> Record? { places[id].flatMap { self[number: $0] } }
}

extension APIRequest {
    /// What tells APIs apart: their id, or where a source has none, their name.
    var apiKey: String { apiID.isEmpty ? api : apiID }

    /// Headers count as well: they are as long as clients make them.
    var payloadBytes: Int {
        func size(_ message: HTTPMessage) -> Int {
            message.headers.reduce(message.body.bytes.count) { $0 + 64 + $1.name.utf8.count + $1.value.utf8.count }
        }
        return size(request) + size(response)
    }

    mutating func shedPayloads() {
        request = HTTPMessage(body: Payload(bytes: [], totalCount: request.body.totalCount))
        response = HTTPMessage(body: Payload(bytes: [], totalCount: response.body.totalCount))
    }
}
