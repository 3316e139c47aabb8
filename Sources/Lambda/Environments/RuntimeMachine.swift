import Telemetry

/// What a runtime may say when: the Runtime API as a value.
struct RuntimeMachine: Hashable {
    enum State: Hashable {
        case started, ready
        case running(RequestID)
        /// It answered, and has not asked for the next invocation.
        case responded(RequestID)
        case failed
    }

    enum Next: Hashable {
        /// The question stays open until there is an invocation.
        case wait
        /// The invocation that it has already.
        case again(RequestID)
        case refused(Refusal)
    }

    enum Answer: Hashable {
        case accepted(RequestID)
        case refused(Refusal)
    }

    /// An error as the Runtime API words it.
    struct Refusal: Error, Hashable {
        var status: Int
        var type: String
        var message: String

        static let invalidRequestID = Refusal(status: 400, type: "InvalidRequestID", message: "Invalid request ID")

        static func transition(from: String, to: String) -> Refusal {
            Refusal(
                status: 403, type: "InvalidStateTransition",
                message: "State transition from \(from) to \(to) failed for runtime. "
                    + "Error: State transition is not allowed")
        }
    }

    private(set) var state = State.started

    mutating func next() -> Next {
        switch state {
        case .started, .ready, .responded:
            state = .ready
            return .wait
        case .running(let id): return .again(id)
        case .failed: return .refused(.transition(from: name, to: "Ready"))
        }
    }

    /// - Returns: whether it can take an invocation now.
    mutating func invoke(_ id: RequestID) -> Bool {
        guard state == .ready else { return false }
        state = .running(id)
        return true
    }

    /// - Parameter id: as it stands in the path.
    mutating func respond(to id: Substring, isError: Bool) -> Answer {
        switch state {
        case .running(let running):
            guard RequestID(id) == running else { return .refused(.invalidRequestID) }
            state = .responded(running)
            return .accepted(running)
        case .responded(let old):
            guard RequestID(id) == old else { return .refused(.invalidRequestID) }
            return refused(to: isError ? "InvocationErrorResponse" : "InvocationResponse")
        case .ready: return .refused(.invalidRequestID)
        case .started, .failed: return refused(to: isError ? "InvocationErrorResponse" : "InvocationResponse")
        }
    }

    /// - Returns: why it may not say so; `nil` when it may.
    mutating func failInit() -> Refusal? {
        guard state == .started else { return .transition(from: name, to: "InitError") }
        state = .failed
        return nil
    }

    private func refused(to: String) -> Answer { .refused(.transition(from: name, to: to)) }

    private var name: String {
        switch state {
        case .started: "Started"
        case .ready: "Ready"
        case .running: "Running"
        case .responded: "RuntimeResponseSent"
        case .failed: "InitError"
        }
    }
}
