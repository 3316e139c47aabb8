import GRDB
import Telemetry

/// The tables of the journal.
enum SQLiteSchema {
    private static let version = 1
    /// AWS keeps executions that ended for 90 days.
    private static let kept = Microseconds.seconds(90 * 86_400)
    /// Of those that ended, so many are known after a start.
    private static let mostClosed = 20_000

    struct NewerVersion: Error, CustomStringConvertible {
        var description: String { "the file was written by a newer fntop" }
    }

    static func prepare(_ database: Database, now: Timestamp) throws {
        let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        guard found <= version else { throw NewerVersion() }
        try database.execute(
            sql: """
                CREATE TABLE IF NOT EXISTS record (
                    kind TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, time INTEGER NOT NULL,
                    PRIMARY KEY (kind, key)) WITHOUT ROWID;
                CREATE TABLE IF NOT EXISTS entry (id INTEGER PRIMARY KEY, arn TEXT NOT NULL, value TEXT NOT NULL);
                CREATE INDEX IF NOT EXISTS entry_arn ON entry (arn, id);
                PRAGMA user_version = \(version);
                """)
        try sweep(database, before: now - kept)
    }

    /// Forgets what ended too long ago.
    static func sweep(_ database: Database, before time: Timestamp) throws {
        let kind = RecordKind.closed.rawValue
        try database.execute(
            sql: """
                DELETE FROM entry WHERE arn IN (SELECT key FROM record WHERE kind = ? AND time < ?);
                DELETE FROM record WHERE kind = ? AND time < ?;
                """,
            arguments: [kind, time.microseconds, kind, time.microseconds])
    }

    static func apply(_ write: SQLiteJournal.Write, to database: Database) throws {
        switch write {
        case .record(let kind, let key, let value?, let time):
            let sql = "INSERT OR REPLACE INTO record (kind, key, value, time) VALUES (?, ?, ?, ?)"
            try database.cachedStatement(sql: sql).execute(arguments: [kind.rawValue, key, value, time])
        case .record(let kind, let key, nil, _):
            let sql = "DELETE FROM record WHERE kind = ? AND key = ?"
            try database.cachedStatement(sql: sql).execute(arguments: [kind.rawValue, key])
        case .entries(let arn, let values):
            let statement = try database.cachedStatement(sql: "INSERT INTO entry (arn, value) VALUES (?, ?)")
            for value in values { try statement.execute(arguments: [arn, value]) }
        }
    }

    static func records(_ kind: RecordKind, in database: Database) throws -> [String] {
        guard kind == .closed else {
            return try String.fetchAll(
                database, sql: "SELECT value FROM record WHERE kind = ?", arguments: [kind.rawValue])
        }
        return try String.fetchAll(
            database, sql: "SELECT value FROM record WHERE kind = ? ORDER BY time DESC LIMIT ?",
            arguments: [kind.rawValue, mostClosed])
    }

    static func entries(_ arn: String, in database: Database) throws -> [String] {
        try String.fetchAll(database, sql: "SELECT value FROM entry WHERE arn = ? ORDER BY id", arguments: [arn])
    }
}
