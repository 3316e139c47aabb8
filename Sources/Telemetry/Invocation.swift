/// An invocation was accepted (and waits for an environment) or was refused at once.
package struct InvocationStart: Hashable, Sendable {
    package var requestID: RequestID
    package var function: String
    /// What called: `POST /order`, `invoke`, `async`, `replay`, a state's name, …
    package var trigger: String
    package var isAsynchronous: Bool
    /// 1 for the first try of an asynchronous invocation; 2 and 3 for its retries.
    package var attempt: Int
    /// The event, at most ``payloadLimit`` bytes of it.
    package var event: Payload
    /// What the function got: `Root=1-…;Parent=…;Sampled=1`, with this invocation's own segment.
    package var traceHeader: String
    /// The segment of who called it; empty where a trace begins.
    package var parentID: String
    /// How the function was asked for: `$LATEST`, a version or an alias; empty without one.
    package var qualifier: String
    /// The version that runs, where a qualifier was given.
    package var version: String

    package init(
        requestID: RequestID,
        function: String,
        trigger: String,
        isAsynchronous: Bool = false,
        attempt: Int = 1,
        event: Payload = Payload(),
        traceHeader: String = "",
        parentID: String = "",
        qualifier: String = "",
        version: String = ""
    ) {
        self.requestID = requestID
        self.function = function
        self.trigger = trigger
        self.isAsynchronous = isAsynchronous
        self.attempt = attempt
        self.event = event
        self.traceHeader = traceHeader
        self.parentID = parentID
        self.qualifier = qualifier
        self.version = version
    }
}

/// An invocation ended, one way or another.
package struct InvocationEnd: Hashable, Sendable {
    package enum Status: String, Hashable, Sendable, CaseIterable {
        case success
        /// The handler raised, or answered with an error.
        case error
        case timeout
        /// The process exited, crashed, or could not be initialised.
        case crash
        case outOfMemory
        /// Refused: too many at once. Nothing ran, and it counts as no invocation.
        case throttled
    }

    package var requestID: RequestID
    package var function: String
    package var status: Status
    /// The handler's time, without init: `Duration` of the REPORT line.
    package var duration: Microseconds
    package var billedMilliseconds: Int64
    /// From acceptance to the moment the environment had the event, init included.
    package var queued: Microseconds
    /// Cold starts only: `Init Duration` of the REPORT line.
    package var initDuration: Microseconds?
    /// From the handler's answer until the environment was free (extensions).
    package var overhead: Microseconds
    package var memorySizeMiB: Int
    package var maxMemoryUsedMiB: Int
    /// `ValueError`, `Sandbox.Timedout`, `Runtime.ExitError`, …; `nil` when it succeeded.
    package var errorType: String?
    package var errorMessage: String?
    package var response: Payload
    package var environment: String
    package var logStream: String

    package init(
        requestID: RequestID,
        function: String,
        status: Status,
        duration: Microseconds,
        billedMilliseconds: Int64 = 0,
        queued: Microseconds = .zero,
        initDuration: Microseconds? = nil,
        overhead: Microseconds = .zero,
        memorySizeMiB: Int = 128,
        maxMemoryUsedMiB: Int = 0,
        errorType: String? = nil,
        errorMessage: String? = nil,
        response: Payload = Payload(),
        environment: String = "",
        logStream: String = ""
    ) {
        self.requestID = requestID
        self.function = function
        self.status = status
        self.duration = duration
        self.billedMilliseconds = billedMilliseconds
        self.queued = queued
        self.initDuration = initDuration
        self.overhead = overhead
        self.memorySizeMiB = memorySizeMiB
        self.maxMemoryUsedMiB = maxMemoryUsedMiB
        self.errorType = errorType
        self.errorMessage = errorMessage
        self.response = response
        self.environment = environment
        self.logStream = logStream
    }
}

/// The beginning of an event or a response, and how long it was.
package struct Payload: Hashable, Sendable {
    /// More than this of a payload is not kept for looking at.
    package static let limit = 64 * 1024

    package let bytes: [UInt8]
    /// The size before it was cut.
    package let totalCount: Int

    package init(_ bytes: [UInt8] = []) {
        totalCount = bytes.count
        self.bytes = bytes.count > Self.limit ? Array(bytes.prefix(Self.limit)) : bytes
    }

    package init(bytes: [UInt8], totalCount: Int) {
        self.bytes = bytes
        self.totalCount = totalCount
    }

    package var isCut: Bool { bytes.count < totalCount }
}
