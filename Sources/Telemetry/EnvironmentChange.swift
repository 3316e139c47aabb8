/// Something happened to an execution environment: one process (with its extensions) that serves a function.
package struct EnvironmentChange: Hashable, Sendable {
    package enum State: String, Hashable, Sendable, CaseIterable {
        case starting, ready, busy, failed, ended
    }

    /// Unique among all environments of the source; the log stream's last part.
    package var id: String
    package var function: String
    package var state: State
    package var processID: Int32
    package var logStream: String
    /// Resident memory of the process group in bytes, as last looked at; 0 when not known.
    package var residentBytes: Int64
    /// How long init took; known from `ready` on.
    package var initDuration: Microseconds?
    /// Of `initDuration`, how long until the runtime spoke first: process and interpreter start.
    package var runtimeStart: Microseconds?
    /// Why it failed or ended: `idle`, `code changed`, `timeout`, `exit status 3`, …
    package var reason: String?

    package init(
        id: String,
        function: String,
        state: State,
        processID: Int32 = 0,
        logStream: String = "",
        residentBytes: Int64 = 0,
        initDuration: Microseconds? = nil,
        runtimeStart: Microseconds? = nil,
        reason: String? = nil
    ) {
        self.id = id
        self.function = function
        self.state = state
        self.processID = processID
        self.logStream = logStream
        self.residentBytes = residentBytes
        self.initDuration = initDuration
        self.runtimeStart = runtimeStart
        self.reason = reason
    }
}
