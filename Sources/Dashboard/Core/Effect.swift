package import Telemetry
package import TelemetryStore

/// What a screen wants done that is beyond itself.
package indirect enum Effect: Hashable, Sendable {
    case open(Route)
    case back
    case quit
    /// - Parameter title: what it is, for the notice.
    case copy(String, title: String)
    /// Asks which of these to copy.
    case offer([CopyChoice])
    /// The answer comes to ``Screen/take(_:_:)`` of the screen that asked.
    case invoke(function: String, payload: [UInt8])
    /// Opens the text in the person's own editor; it comes back to ``Screen/edited(_:)``.
    case edit(String)
    case notice(String)
    /// The answer comes to ``Screen/take(_:_:)-(ExecutionOutcome,_)`` of the screen that is shown.
    case execute(ExecutionAction)
    /// The answer comes to ``Screen/take(_:_:)-(EndpointOutcome,_)`` of every screen that is open.
    case call(EndpointCall)
    /// Does it only if the person says yes.
    case ask(String, then: Effect)
    /// Not to be shown again in this session.
    case silence(Finding.ID)
    case silenceNothing
}

/// What came of an invocation that a screen asked for.
package struct InvokeOutcome: Hashable, Sendable {
    package var function: String
    /// `nil` when the endpoint gave none.
    package var requestID: RequestID?
    /// The error's type and message, or why the function could not be called at all; `nil` when all went well.
    package var failure: String?
    package var duration: Microseconds
    package var payload: [UInt8]

    package init(
        function: String,
        requestID: RequestID? = nil,
        failure: String? = nil,
        duration: Microseconds = .zero,
        payload: [UInt8] = []
    ) {
        self.function = function
        self.requestID = requestID
        self.failure = failure
        self.duration = duration
        self.payload = payload
    }
}
