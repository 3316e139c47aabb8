import Glibc
import HTTPTransport
import JSON
import NIOCore
import Telemetry

extension EnvironmentCore {
    /// Ends it: extensions get time to say goodbye, the runtime only when there are some.
    func retire(reason: String, shutdownReason: String) {
        guard phase != .ended else { return }
        let told = extensions.begin(.shutdown)
        guard !told.isEmpty else {
            end(reason: reason)
            return
        }
        leave(reason: reason)
        runtime?.signal(shutdownReason == "spindown" ? SIGTERM : SIGKILL)
        let deadline = (Timestamp.now() + Microseconds(settings.shutdownLimit)).milliseconds
        for one in told {
            answer(
                one.identifier,
                [
                    "eventType": "SHUTDOWN", "deadlineMs": .int(Int(deadline)),
                    "shutdownReason": .string(shutdownReason),
                ])
        }
        for subscriber in subscribers { subscriber.flush() }
        _ = later(in: settings.shutdownLimit) { core in
            core.killProcesses()
            core.close()
        }
    }

    /// Ends it at once.
    func end(reason: String) {
        guard phase != .ended else { return }
        for subscriber in subscribers { subscriber.flush() }
        leave(reason: reason)
        killProcesses()
        close()
    }

    /// No more work from here on.
    private func leave(reason: String) {
        phase = .ended
        initLimit?.cancel()
        if let job = current?.job {
            // Only when the service itself stops: nobody else ends an environment that works.
            environments.answered(environment)
            job.complete(InvocationOutcome(payload: [], isError: true, throttled: InvocationOutcome.stopped))
        }
        memory = MemoryWatch()
        show(.ended, reason: reason)
        environments.left(environment)
    }

    /// Lets go of everything.
    func close() {
        guard environment.core === self else { return }
        environment.core = nil
        environments.closed(environment)
        guard let server else { return }
        self.server = nil
        Task { await server.shutdown(within: .zero) }
    }
}
