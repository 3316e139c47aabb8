import Glibc
import JSON
import Telemetry

/// Alarms in a file: all of them, written anew when one changed.
struct AlarmShelf: Sendable {
    let path: String

    /// Five thousand alarms of the greatest size are less.
    private static let mostBytes = 64 * 1024 * 1024

    /// The new file takes the place of the old one in one step; without room on the disk the old one stays.
    func save(_ alarms: [Alarm]) {
        let bytes = JSON.array(alarms.map(\.record)).bytes
        let new = path + ".new"
        let file = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        var isWhole = true
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes {
                write(file, $0.baseAddress?.advanced(by: offset), bytes.count - offset)
            }
            guard count > 0 else {
                if count < 0, errno == EINTR { continue }
                isWhole = false
                break
            }
            offset += count
        }
        isWhole = fsync(file) == 0 && isWhole
        close(file)
        if isWhole { _ = rename(new, path) } else { unlink(new) }
    }

    /// - Returns: `nil` when the file is there and cannot be read.
    func load() -> [Alarm]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return errno == ENOENT ? [] : nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= Self.mostBytes {
            let count = read(file, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { break }
            bytes += piece[..<count]
        }
        guard let records = (try? JSON(parsing: bytes))?.array else { return nil }
        let alarms = records.compactMap { try? AlarmInput.alarm(record: $0) }
        return alarms.count == records.count ? alarms : nil
    }
}

extension Alarm {
    /// What is written down.
    fileprivate var record: JSON {
        var record = json
        record["Tags"] = .array(
            tags.sorted { $0.key < $1.key }.map { ["Key": .string($0.key), "Value": .string($0.value)] })
        return record
    }
}
