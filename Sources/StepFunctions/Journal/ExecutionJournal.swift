import JSON
import StatesLanguage
import Telemetry

/// Where workflows are written down, so that they survive the end of the process.
///
/// What was acknowledged with ``commit()`` is there after `kill -9`.
protocol ExecutionJournal: Sendable {
    /// Keeps a record, or forgets it when the value is `nil`. Written with the next commit.
    func save(_ kind: RecordKind, _ key: String, _ value: JSON?)
    /// Keeps what an execution was told. Written with the next commit.
    func append(_ arn: String, _ entries: [JournalEntry])
    /// Returns when all that was saved or appended before is written.
    func commit() async
    /// Everything of one kind, in no order.
    func records(_ kind: RecordKind) async -> [JSON]
    /// What an execution was told, in order.
    func entries(_ arn: String) async -> [JournalEntry]
    /// Whether anything is kept at all.
    var isDurable: Bool { get }
    /// Writes what is left and lets go of the file.
    func close() async
}

enum RecordKind: String, Sendable, CaseIterable {
    case machine
    case activity
    /// Texts in the states language, by a key: see ``DefinitionShelf``.
    case definition
    case mapRun
    /// Of executions that go on: see ``ExecutionRecord``.
    case execution
    /// Of executions that ended.
    case closed
}

/// A stimulus with its time.
struct JournalEntry: Hashable, Sendable {
    var stimulus: Stimulus
    var time: Timestamp
    /// The invocation behind the stimulus, as ``TelemetryEvent`` tells it.
    var invocation: RequestID?

    init(_ stimulus: Stimulus, _ time: Timestamp, invocation: RequestID? = nil) {
        self.stimulus = stimulus
        self.time = time
        self.invocation = invocation
    }
}

/// Keeps nothing: workflows live as long as the process.
struct NoJournal: ExecutionJournal {
    var isDurable: Bool { false }
    func save(_ kind: RecordKind, _ key: String, _ value: JSON?) {}
    func append(_ arn: String, _ entries: [JournalEntry]) {}
    func commit() async {}
    func records(_ kind: RecordKind) async -> [JSON] { [] }
    func entries(_ arn: String) async -> [JournalEntry] { [] }
    func close() async {}
}
