import GRDB
import JSON
import Synchronization
import Telemetry

/// The journal in a SQLite file. What many executions want written at the same time is written in one transaction.
final class SQLiteJournal: ExecutionJournal {
    private let database: DatabaseQueue
    private let state = Mutex(State())
    private let complain: @Sendable (String) -> Void

    private struct State {
        var waiting: [Write] = []
        var commits: [CheckedContinuation<Void, Never>] = []
        var isWriting = false
        var isClosed = false
    }

    enum Write: Sendable {
        case record(RecordKind, key: String, value: String?, time: Int64)
        case entries(arn: String, values: [String])
    }

    /// - Parameters:
    ///   - path: of the file; made when it is not there.
    ///   - now: decides what is too old to be kept.
    ///   - complain: told when the file cannot be written; executions wait until it can.
    init(path: String, now: Timestamp, complain: @escaping @Sendable (String) -> Void) throws {
        var configuration = Configuration()
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
        }
        self.complain = complain
        database = try DatabaseQueue(path: path, configuration: configuration)
        try database.write { try SQLiteSchema.prepare($0, now: now) }
    }

    var isDurable: Bool { true }

    func save(_ kind: RecordKind, _ key: String, _ value: JSON?) {
        let time = value?["stopped"]?.timestamp?.microseconds ?? 0
        add(.record(kind, key: key, value: value?.text, time: time))
    }

    func append(_ arn: String, _ entries: [JournalEntry]) {
        add(.entries(arn: arn, values: entries.map(\.json.text)))
    }

    private func add(_ write: Write) {
        let mustWrite = state.withLock { state in
            state.waiting.append(write)
            if state.isWriting || state.isClosed { return false }
            state.isWriting = true
            return true
        }
        if mustWrite { Task { await self.writeAll() } }
    }

    func commit() async {
        await withCheckedContinuation { continuation in
            let isDone = state.withLock { state in
                guard state.isWriting else { return true }
                state.commits.append(continuation)
                return false
            }
            if isDone { continuation.resume() }
        }
    }

    private func writeAll() async {
        while true {
            let (writes, commits) = state.withLock { state -> ([Write], [CheckedContinuation<Void, Never>]) in
                if state.waiting.isEmpty, state.commits.isEmpty { state.isWriting = false }
                defer {
                    state.waiting = []
                    state.commits = []
                }
                return (state.waiting, state.commits)
            }
            guard !writes.isEmpty || !commits.isEmpty else { return }
            await write(writes)
            for commit in commits { commit.resume() }
        }
    }

    /// Tries until it succeeds: nothing that was promised to be kept may be lost because a disk was full for a while.
    private func write(_ writes: [Write]) async {
        var hasComplained = false
        while !writes.isEmpty {
            do {
                return try await database.write { database in
                    for write in writes { try SQLiteSchema.apply(write, to: database) }
                }
            } catch {
                if state.withLock({ $0.isClosed }) { return }
                if !hasComplained { complain("The journal of the workflows cannot be written: \(error)") }
                hasComplained = true
                try? await Task.sleep(for: .milliseconds(500))
            }
        }
    }

    func records(_ kind: RecordKind) async -> [JSON] {
        await read { try SQLiteSchema.records(kind, in: $0) }
    }

    func entries(_ arn: String) async -> [JournalEntry] {
        await commit()
        return await read { try SQLiteSchema.entries(arn, in: $0) }.compactMap(JournalEntry.init)
    }

    private func read(_ texts: @escaping @Sendable (Database) throws -> [String]) async -> [JSON] {
        do {
            return try await database.read(texts).compactMap { try? JSON(parsing: $0) }
        } catch {
            complain("The journal of the workflows cannot be read: \(error)")
            return []
        }
    }

    func close() async {
        await commit()
        state.withLock { $0.isClosed = true }
        try? database.close()
    }
}
