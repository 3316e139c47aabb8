import GRDB

/// The tables of the file.
///
/// Keys are bytes that compare as the values do. Items are in the order of a hash of their partition key, as a scan gives them.
enum StoreSchema {
    private static let version = 1

    struct NewerVersion: Error, CustomStringConvertible {
        var description: String { "the file was written by a newer fntop" }
    }

    /// Pages of the write-ahead log before it is brought into the file, which costs two flushes of the disk: 64 MiB.
    private static let checkpoint = 16_384
    /// Memory for pages in KiB.
    private static let cache = 32_768

    /// What is set before anything is read. One program at a time uses the folder, so that no lock is ever given back.
    static let pragmas = """
        PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
        PRAGMA wal_autocheckpoint = \(checkpoint); PRAGMA cache_size = -\(cache)
        """

    static func prepare(_ database: Database) throws {
        let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        guard found <= version else { throw NewerVersion() }
        try database.execute(
            sql: """
                CREATE TABLE IF NOT EXISTS definition (id INTEGER PRIMARY KEY, value TEXT NOT NULL);
                CREATE TABLE IF NOT EXISTS stream (id INTEGER PRIMARY KEY, value TEXT NOT NULL);
                CREATE TABLE IF NOT EXISTS counts (
                    id INTEGER PRIMARY KEY, items INTEGER NOT NULL, bytes INTEGER NOT NULL);
                CREATE TABLE IF NOT EXISTS item (
                    t INTEGER NOT NULL, h INTEGER NOT NULL, p BLOB NOT NULL, s BLOB NOT NULL, v BLOB NOT NULL,
                    PRIMARY KEY (t, h, p, s)) WITHOUT ROWID;
                CREATE TABLE IF NOT EXISTS entry (
                    i INTEGER NOT NULL, h INTEGER NOT NULL, p BLOB NOT NULL, s BLOB NOT NULL,
                    tp BLOB NOT NULL, ts BLOB NOT NULL, th INTEGER NOT NULL,
                    PRIMARY KEY (i, h, p, s, tp, ts)) WITHOUT ROWID;
                CREATE TABLE IF NOT EXISTS record (
                    stream INTEGER NOT NULL, sequence INTEGER NOT NULL, time INTEGER NOT NULL, kind INTEGER NOT NULL,
                    keys BLOB NOT NULL, old BLOB, new BLOB, bytes INTEGER NOT NULL,
                    PRIMARY KEY (stream, sequence)) WITHOUT ROWID;
                CREATE TABLE IF NOT EXISTS token (
                    name TEXT PRIMARY KEY, digest INTEGER NOT NULL, time INTEGER NOT NULL) WITHOUT ROWID;
                CREATE TABLE IF NOT EXISTS orphan (id INTEGER PRIMARY KEY);
                PRAGMA user_version = \(version);
                """)
    }
}
