import Glibc
import NIOCore

/// How much memory an environment uses, and used at most.
struct MemoryWatch {
    private(set) var resident: Int64 = 0
    private(set) var peak: Int64 = 0
    private var lastReading: NIODeadline?

    /// Reads what the kernel kept of the runtime itself, unless that was just done: it costs as much as a small handler.
    mutating func look(at process: pid_t) {
        let now = NIODeadline.now()
        if let lastReading, now - lastReading < .milliseconds(5) { return }
        lastReading = now
        guard let reading = ProcessMemory.reading(of: process) else { return }
        resident = reading.resident
        peak = max(peak, reading.peak)
    }

    /// Adds up the process and all it started.
    mutating func lookAtTree(_ process: pid_t) {
        look(at: process)
        let total = ProcessMemory.residentOfTree(process)
        resident = max(total, 0)
        peak = max(peak, total)
    }

    mutating func forget() { self = MemoryWatch() }

    var peakMiB: Int { Int((peak + 1_048_575) / 1_048_576) }
}
