import Glibc
import JSON
import NIOCore
import Telemetry

extension EnvironmentCore {
    /// Takes what the processes have written, for the invocation that runs now.
    func readLogs() {
        for child in [runtime].compactMap({ $0 }) + extensionProcesses { collect { child.take($0) } }
    }

    func finishLogs(of child: ChildProcess) {
        collect { child.finish($0) }
    }

    private func collect(_ take: ((UnsafeRawBufferPointer, Timestamp?) -> Void) -> Void) {
        var batch = log.batch
        let now = Timestamp.now()
        let id = current?.job.id
        let listeners = subscribers.filter(\.wantsFunction)
        take { message, time in
            log.add(message, to: &batch, at: min(time ?? now, now), id: id)
            guard !listeners.isEmpty else { return }
            let event: JSON = [
                "time": .string(now.iso8601), "type": "function",
                "record": .string(String(decoding: message, as: UTF8.self)),
            ]
            for listener in listeners { listener.put(event) }
        }
        log.emit(batch)
    }

    /// While it works: who lags, and who takes too much memory.
    ///
    /// - Returns: whether to look again.
    func sample() -> Bool {
        guard phase == .running || (phase == .initializing && current != nil), let run = current else {
            if isBusyShown {
                isBusyShown = false
                if phase == .idle { show(.ready) }
            }
            return false
        }
        if let runtime { memory.lookAtTree(runtime.process) }
        guard memory.resident <= memoryLimit, memory.peak <= memoryLimit || run.answeredAt != nil else {
            readLogs()
            if run.answeredAt == nil { ranOutOfMemory() }
            return false
        }
        isBusyShown = true
        show(.busy)
        if run.answeredAt != nil, !run.isTellingLag {
            current?.isTellingLag = true
            environments.lags(environment)
        }
        return true
    }
}
