import AWSCore
import GRDB
import GRDBSQLite

/// What stands for a question mark.
enum SQLValue {
    case int(Int)
    case bytes([UInt8])
    case text(String)
    case null
}

/// A prepared statement, driven directly: bytes go in and out without detours.
struct Prepared {
    private let handle: OpaquePointer

    init(_ database: GRDB.Database, _ text: String, _ values: [SQLValue]) throws(ServiceError) {
        do {
            handle = try database.cachedStatement(sql: text).sqliteStatement
        } catch {
            throw .storage(String(describing: error))
        }
        sqlite3_reset(handle)
        for (place, value) in values.enumerated() { bind(Int32(place + 1), value) }
    }

    /// SQLite copies what it is given.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    private func bind(_ place: Int32, _ value: SQLValue) {
        switch value {
        case .int(let value): sqlite3_bind_int64(handle, place, Int64(value))
        case .bytes(let bytes):
            // A null pointer would bind NULL.
            if bytes.isEmpty {
                sqlite3_bind_zeroblob(handle, place, 0)
            } else {
                bytes.withUnsafeBytes { bytes in
                    _ = sqlite3_bind_blob(handle, place, bytes.baseAddress, Int32(bytes.count), Self.copied)
                }
            }
        case .text(let text): sqlite3_bind_text(handle, place, text, -1, Self.copied)
        case .null: sqlite3_bind_null(handle, place)
        }
    }

    /// - Returns: whether there is a row.
    func step() throws(ServiceError) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default:
            let message = sqlite3_errmsg(sqlite3_db_handle(handle)).map { String(cString: $0) } ?? ""
            sqlite3_reset(handle)
            throw .storage(message)
        }
    }

    func reset() { sqlite3_reset(handle) }

    func int(_ column: Int32) -> Int { Int(sqlite3_column_int64(handle, column)) }
    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }
    func bytes(_ column: Int32) -> [UInt8] { [UInt8](raw(column)) }
    func text(_ column: Int32) -> String { String(decoding: raw(column), as: UTF8.self) }
    func item(_ column: Int32) throws(ServiceError) -> Item { try ItemCodec.item(raw(column)) }

    /// Valid until the next step.
    private func raw(_ column: Int32) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            start: sqlite3_column_blob(handle, column), count: Int(sqlite3_column_bytes(handle, column)))
    }
}

extension ServiceError {
    /// What SQLite says when it cannot read or write: the file is damaged, the disk full.
    static func storage(_ problem: String) -> ServiceError {
        ServiceError("InternalServerError", "The tables cannot be read or written: \(problem)", status: 500)
    }
}
