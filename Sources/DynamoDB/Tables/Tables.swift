package import AWSCore
import JSON
import Synchronization
package import Telemetry

/// Where tables live and what they tell of themselves.
package struct DynamoDBSettings: Sendable {
    /// The file that outlives the program; `nil` keeps all in memory.
    package var path: String?
    package var sink: (any TelemetrySink)?
    package var clock: any TableClock = DayClock()
    /// Told of every stream that has new records.
    package var signals: StreamSignals?

    package init(path: String? = nil, sink: (any TelemetrySink)? = nil) {
        self.path = path
        self.sink = sink
    }
}

/// All tables; every operation is one step that nothing comes between.
package final class Tables: Sendable {
    private let worker: StoreWorker
    private let housekeeper: Housekeeper
    let clock: any TableClock

    static let mostTables = 2500

    package init(_ settings: DynamoDBSettings = DynamoDBSettings()) throws {
        let housekeeper = Housekeeper(clock: settings.clock, sink: settings.sink)
        let signals = settings.signals
        worker = try StoreWorker(path: settings.path, clock: settings.clock) { changes, catalog in
            housekeeper.notice(changes)
            guard let signals else { return }
            for id in changes.streams {
                if let stream = catalog.streams[id] { signals.raise(stream.arn(CallContext())) }
            }
        }
        clock = settings.clock
        self.housekeeper = housekeeper
        housekeeper.connect(worker)
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Session) throws(ServiceError) -> Value
    ) async throws(ServiceError) -> Value {
        try await worker.perform(writes: false, body)
    }

    /// Returns when what was done is written.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Session) throws(ServiceError) -> Value
    ) async throws(ServiceError) -> Value {
        try await worker.perform(writes: true, body)
    }

    /// Tells of all tables that are there, and goes on with what was left to do.
    package func resume() async { await housekeeper.resume() }

    /// Does what is due by the clock: items expire, streams are trimmed.
    func sweep() async { await housekeeper.sweep() }

    /// Returns when indexes are filled and what was deleted is gone.
    func settle() async { await housekeeper.settle() }

    package func close() async {
        housekeeper.stop()
        await worker.close()
    }

    /// The table that a request names, by name or ARN.
    static func name(_ input: JSON) throws(ServiceError) -> String {
        guard let text = input["TableName"]?.string else { throw .missing("tableName") }
        return try name(text)
    }

    static func name(_ text: String) throws(ServiceError) -> String {
        if let arn = ARN(text), arn.resource.hasPrefix("table/") {
            return String(arn.resource.dropFirst("table/".count))
        }
        guard (1...1024).contains(text.utf8.count) else {
            throw .validation(
                "1 validation error detected: Value '\(text.prefix(64))' at 'tableName' failed to satisfy constraint: Member must "
                    + "have length \(text.isEmpty ? "greater than or equal to 1" : "less than or equal to 1024")")
        }
        guard isProper(text) else {
            throw .validation(
                "1 validation error detected: Value '\(text.prefix(64))' at 'tableName' failed to satisfy constraint: Member must "
                    + "satisfy regular expression pattern: [a-zA-Z0-9_.-]+")
        }
        return text
    }

    /// - Throws: `ValidationException` for a name that no table or index may have.
    static func checkNew(_ name: String) throws(ServiceError) {
        guard (3...255).contains(name.utf8.count), isProper(name) else {
            throw .validation(
                "Invalid table/index name.  Table/index names must be between 3 and 255 characters long, and may contain only "
                    + "the characters a-z, A-Z, 0-9, '_', '-', and '.'")
        }
    }

    private static func isProper(_ text: String) -> Bool {
        text.utf8.allSatisfy { byte in
            byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) && byte < 0x80
        }
    }
}
