import AWSCore
import Dispatch
import GRDB
import Synchronization
import Telemetry

/// Does the work on the tables, one step after the other.
///
/// What waits is done together: one transaction, written once, before any of it is acknowledged. Where writing means
/// waiting for a disk that is done on a queue of its own; in memory on the caller's thread, since a change of threads takes
/// longer than the work.
final class StoreWorker: Sendable {
    private let database: DatabaseQueue
    private let isInMemory: Bool
    private let clock: any TableClock
    private let waiting = Mutex(Waiting())
    private let catalog: Mutex<Catalog>
    /// Told of what changed, after it is written.
    private let committed: @Sendable (Changes, Catalog) -> Void

    private struct Waiting {
        var jobs: [Job] = []
        var isWorking = false
    }

    private struct Job: Sendable {
        let writes: Bool
        /// - Returns: answers the caller, when all is written or when it cannot be.
        let run: @Sendable (Session) -> @Sendable (ServiceError?) -> Void
        let fail: @Sendable (ServiceError) -> Void
    }

    /// In one transaction at most.
    private static let mostTogether = 128

    /// - Parameter path: of the file; all is in memory when there is none.
    init(path: String?, clock: any TableClock, committed: @escaping @Sendable (Changes, Catalog) -> Void) throws {
        var configuration = Configuration()
        configuration.label = "fntop.dynamodb"
        if path != nil {
            configuration.prepareDatabase { try $0.execute(sql: StoreSchema.pragmas) }
        }
        database =
            if let path {
                try DatabaseQueue(path: path, configuration: configuration)
            } else {
                try DatabaseQueue(configuration: configuration)
            }
        try database.writeWithoutTransaction { try StoreSchema.prepare($0) }
        catalog = Mutex(try database.writeWithoutTransaction { try Catalog(reading: $0) })
        isInMemory = path == nil
        self.clock = clock
        self.committed = committed
    }

    func perform<Value: Sendable>(
        writes: Bool, _ body: @escaping @Sendable (Session) throws(ServiceError) -> Value
    ) async throws(ServiceError) -> Value {
        let result: Result<Value, ServiceError> = await withCheckedContinuation { continuation in
            enqueue(
                Job(
                    writes: writes,
                    run: { session in
                        let result = Result { () throws(ServiceError) in try body(session) }
                        if case .failure(let error) = result, error.status >= 500 { session.failure = error }
                        return { problem in
                            continuation.resume(returning: problem.map { .failure($0) } ?? result)
                        }
                    },
                    fail: { continuation.resume(returning: .failure($0)) }))
        }
        return try result.get()
    }

    private func enqueue(_ job: Job) {
        let mustStart = waiting.withLock { waiting in
            waiting.jobs.append(job)
            defer { waiting.isWorking = true }
            return !waiting.isWorking
        }
        guard mustStart else { return }
        guard isInMemory else { return workElsewhere() }
        // Others' work is not this caller's: what came meanwhile is done elsewhere.
        database.writeWithoutTransaction { work(takeJobs(), $0) }
        if hasJobs() { workElsewhere() }
    }

    private func workElsewhere() {
        database.asyncWriteWithoutTransaction { database in
            repeat { self.work(self.takeJobs(), database) } while self.hasJobs()
        }
    }

    private func takeJobs() -> [Job] {
        waiting.withLock { waiting in
            let jobs = Array(waiting.jobs.prefix(Self.mostTogether))
            waiting.jobs.removeFirst(jobs.count)
            return jobs
        }
    }

    /// Whether there is more to do; where there is not, who comes next starts again.
    private func hasJobs() -> Bool {
        waiting.withLock { waiting in
            waiting.isWorking = !waiting.jobs.isEmpty
            return waiting.isWorking
        }
    }

    private func work(_ jobs: [Job], _ database: GRDB.Database) {
        let session = Session(database, catalog: takeCatalog(), now: clock.now())
        var answers: [@Sendable (ServiceError?) -> Void] = []
        answers.reserveCapacity(jobs.count)
        do {
            let writes = jobs.contains { $0.writes }
            if writes { try session.run("BEGIN IMMEDIATE", []) }
            for job in jobs {
                answers.append(job.run(session))
                if let failure = session.failure { throw failure }
            }
            if writes {
                try session.saveCounts()
                try session.run("COMMIT", [])
            }
            catalog.withLock { $0 = session.catalog }
            if !session.changes.isEmpty { committed(session.changes, session.catalog) }
            for answer in answers { answer(nil) }
        } catch {
            if database.isInsideTransaction { try? database.rollback() }
            let old = try? Catalog(reading: database)
            catalog.withLock { $0 = old ?? session.catalog }
            let problem = error as? ServiceError ?? .storage(String(describing: error))
            for answer in answers { answer(problem) }
            for job in jobs.dropFirst(answers.count) { job.fail(problem) }
        }
    }

    /// Leaves nothing behind, so that the session is the only one that holds it and changes it in place.
    private func takeCatalog() -> Catalog {
        catalog.withLock { catalog in
            var taken = Catalog()
            swap(&taken, &catalog)
            return taken
        }
    }

    /// Brings the write-ahead log into the file and lets go of it, when all that waits is done.
    func close() async {
        _ = try? await perform(writes: false) { _ in }
        try? database.close()
    }
}
