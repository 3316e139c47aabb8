import AWSCore
import Dashboard
import Dispatch
import Glibc
import Synchronization
import Telemetry

/// Own diagnostics in a file: appended to line by line, and begun anew when it is full; the one before is kept.
///
/// While the screen is shown, standard error goes there as well.
final class DiagnosticsLog: Sendable {
    /// `$XDG_STATE_HOME/fntop/fntop.log`, else under `~/.local/state`; `nil` when there is no home.
    static let path: String? = {
        let base =
            Preferences.variable("XDG_STATE_HOME").flatMap { $0.isEmpty ? nil : $0 }
            ?? Preferences.variable("HOME").map { "\($0)/.local/state" }
        guard let base else { return nil }
        for folder in [base, "\(base)/fntop"] { mkdir(folder, 0o700) }
        return "\(base)/fntop/fntop.log"
    }()

    private let path: String
    private let cap: Int
    private let descriptor = Mutex<Int32>(-1)

    /// - Parameter cap: bytes; more begin a new file.
    init(path: String, cap: Int = 1 << 20) {
        self.path = path
        self.cap = cap
    }

    /// From now on all that is noted goes to the file.
    static func begin() {
        guard let path else { return }
        let log = DiagnosticsLog(path: path)
        Diagnostics.send { log.write($0) }
    }

    func write(_ line: String) {
        let time = ISOTime.text(milliseconds: Timestamp.now().milliseconds, hasMilliseconds: true)
        let bytes = Array("\(time) \(line)\n".utf8)
        descriptor.withLock { descriptor in
            if descriptor < 0 { descriptor = Self.open(path) }
            rotate(&descriptor, adding: bytes.count)
            // A log that cannot be written is no reason to fail.
            guard descriptor >= 0 else { return }
            _ = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        }
    }

    private static func open(_ path: String) -> Int32 {
        Glibc.open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    }

    private func rotate(_ descriptor: inout Int32, adding count: Int) {
        var facts = stat()
        guard descriptor >= 0, fstat(descriptor, &facts) == 0, Int(facts.st_size) + count > cap else { return }
        rename(path, path + ".1")
        close(descriptor)
        descriptor = Self.open(path)
    }

    /// The newest lines, of at most so many bytes.
    static func tail(_ path: String, bytes limit: Int = 256 * 1024, lines: Int = 1000) -> [String] {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        let size = max(lseek(descriptor, 0, SEEK_END), 0)
        let start = max(size - limit, 0)
        var bytes = [UInt8](repeating: 0, count: size - start)
        let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, start) }
        guard count > 0 else { return [] }
        var found = bytes.prefix(count).split(separator: 0x0A)
        // The first one is cut.
        if start > 0, !found.isEmpty { found.removeFirst() }
        return found.suffix(lines).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Read on a thread that may wait for the disk.
    static func newest() async -> DiagnosticsTail {
        guard let path else { return DiagnosticsTail() }
        return await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(returning: DiagnosticsTail(path: path, lines: tail(path)))
            }
        }
    }
}
