import JSON
import Telemetry

/// Writes histories in the service's shapes, one event after the other.
struct HistoryBuilder {
    private(set) var events: [HistoryEvent] = []
    private(set) var invocations: [Int: RequestID] = [:]
    private(set) var time: Timestamp
    let start: Timestamp

    init(at time: Timestamp) {
        self.time = time
        start = time
    }

    mutating func wait(_ milliseconds: Int64) { time = time + .milliseconds(milliseconds) }

    /// - Parameters:
    ///   - previous: the event before when `nil`.
    /// - Returns: the event's id.
    @discardableResult
    mutating func add(_ type: String, after previous: Int? = nil, _ details: JSON? = nil) -> Int {
        let id = events.count + 1
        events.append(
            HistoryEvent(id: id, previousID: previous ?? id - 1, time: time, type: type, details: details?.object))
        return id
    }

    @discardableResult
    mutating func enter(_ kind: String, _ name: String, _ input: String = "{}", after previous: Int? = nil) -> Int {
        add("\(kind)StateEntered", after: previous, ["name": .string(name), "input": .string(input)])
    }

    @discardableResult
    mutating func exit(
        _ kind: String, _ name: String, _ output: String = "{}", after previous: Int? = nil, assigned: JSON? = nil
    ) -> Int {
        var details: JSON = ["name": .string(name), "output": .string(output)]
        if let assigned { details["assignedVariables"] = assigned }
        return add("\(kind)StateExited", after: previous, details)
    }

    /// A call of a function; `nil` for one that still runs.
    @discardableResult
    mutating func call(
        _ input: String, _ milliseconds: Int64, answer: String?, error: String? = nil, cause: String = "",
        request: RequestID? = nil
    ) -> Int {
        let scheduled = add("LambdaFunctionScheduled", nil, ["input": .string(input), "resource": "process-payment"])
        if let request { invocations[scheduled] = request }
        add("LambdaFunctionStarted")
        guard answer != nil || error != nil else { return events.count }
        wait(milliseconds)
        if let error {
            return add("LambdaFunctionFailed", nil, ["error": .string(error), "cause": .string(cause)])
        }
        return add("LambdaFunctionSucceeded", nil, ["output": .string(answer ?? "")])
    }

    private mutating func add(_ type: String, _ previous: Int?, _ details: JSON) -> Int {
        add(type, after: previous, details)
    }
}
