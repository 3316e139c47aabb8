import Glibc

/// Resident memory of processes, from `/proc`.
enum ProcessMemory {
    struct Reading: Hashable, Sendable {
        /// Bytes now.
        var resident: Int64 = 0
        /// The most bytes that there ever were.
        var peak: Int64 = 0
    }

    static func reading(of process: pid_t) -> Reading? {
        guard let status = Files.read("/proc/\(process)/status", limit: 8192) else { return nil }
        var reading = Reading()
        for line in status.split(separator: 0x0A) {
            if line.starts(with: "VmHWM:".utf8) { reading.peak = kibibytes(line) }
            if line.starts(with: "VmRSS:".utf8) {
                reading.resident = kibibytes(line)
                break
            }
        }
        return reading
    }

    /// The process with all that it started, now.
    static func residentOfTree(_ process: pid_t, depth: Int = 0) -> Int64 {
        guard depth < 8, let own = reading(of: process)?.resident else { return 0 }
        var total = own
        for task in Files.names(in: "/proc/\(process)/task").prefix(64) {
            guard let children = Files.read("/proc/\(process)/task/\(task)/children", limit: 4096) else { continue }
            for child in children.split(separator: 0x20).compactMap({ pid_t(String(decoding: $0, as: UTF8.self)) }) {
                total += residentOfTree(child, depth: depth + 1)
            }
        }
        return total
    }

    private static func kibibytes(_ line: ArraySlice<UInt8>) -> Int64 {
        var value: Int64 = 0
        for byte in line where byte >= 0x30 && byte <= 0x39 { value = value &* 10 &+ Int64(byte - 0x30) }
        return value &* 1024
    }
}
