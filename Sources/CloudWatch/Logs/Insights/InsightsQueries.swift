import AWSCore
import JSON
import LogsInsights
import Telemetry
import TelemetryStore

/// The queries that were started: those that run, and the last ones that ended.
actor InsightsQueries {
    struct Entry: Sendable {
        var id: String
        var source: String
        var groups: [String]
        var created: Timestamp
        var ended: Timestamp?
        /// As AWS names it: `Running`, `Complete`, `Failed`, `Cancelled`, `Timeout`.
        var status = "Running"
        var progress = ScanProgress()
        var result = InsightsResult()
    }

    private var entries: [String: Entry] = [:]
    /// Oldest first.
    private var order: [String] = []
    private var tasks: [String: Task<Void, Never>] = [:]

    private static let kept = 100
    /// Rows of all results that are kept.
    private static let mostRows = 200_000
    /// As AWS allows (CloudWatch Logs quotas).
    static let mostRunning = 30

    deinit { for task in tasks.values { task.cancel() } }

    func start(
        _ query: InsightsQuery, groups: [String], _ run: @escaping @Sendable (InsightsQueries, String) async -> Void
    ) throws(ServiceError) -> String {
        guard tasks.count < Self.mostRunning else {
            throw ServiceError(
                "LimitExceededException", "Account maximum query concurrency limit of [\(Self.mostRunning)] reached.")
        }
        let id = RequestID().description
        entries[id] = Entry(id: id, source: query.source, groups: groups, created: .now())
        order.append(id)
        forgetOldest()
        tasks[id] = Task { [weak self] in
            guard let self else { return }
            await run(self, id)
        }
        return id
    }

    private func forgetOldest() {
        var rows = entries.values.reduce(0) { $0 + $1.result.rows.count }
        while order.count > Self.kept || rows > Self.mostRows, let oldest = order.first(where: { tasks[$0] == nil }) {
            rows -= entries[oldest]?.result.rows.count ?? 0
            entries[oldest] = nil
            order.removeAll { $0 == oldest }
        }
    }

    func report(_ progress: ScanProgress, of id: String) { entries[id]?.progress = progress }

    func finish(_ id: String, _ result: InsightsResult) {
        tasks[id] = nil
        guard entries[id]?.status == "Running" else { return }
        entries[id]?.result = result
        entries[id]?.status = result.failure == nil ? "Complete" : "Failed"
        entries[id]?.ended = .now()
        forgetOldest()
    }

    /// - Returns: whether it ran.
    func stop(_ id: String) throws(ServiceError) {
        guard let entry = entries[id] else { throw Self.unknown(id) }
        guard entry.status == "Running" else {
            throw LogsInput.invalid("Query [\(id)] is not Running or Scheduled")
        }
        tasks[id]?.cancel()
        tasks[id] = nil
        entries[id]?.status = "Cancelled"
        entries[id]?.ended = .now()
    }

    func entry(_ id: String) throws(ServiceError) -> Entry {
        guard let entry = entries[id] else { throw Self.unknown(id) }
        return entry
    }

    /// Newest first.
    var all: [Entry] { order.reversed().compactMap { entries[$0] } }

    private static func unknown(_ id: String) -> ServiceError {
        ServiceError("ResourceNotFoundException", "Query with id \(id) does not exist.")
    }
}
