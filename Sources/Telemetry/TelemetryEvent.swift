/// One fact about a running application: the contract between all sources and all that is shown.
///
/// As JSON it is one object a line, the format of recordings and of `GET /_fntop/events`.
package struct TelemetryEvent: Hashable, Sendable {
    /// The place of the event in its source's stream, from 1 on without holes; 0 before the source has given one.
    package var sequence: UInt64
    package var time: Timestamp
    package var kind: Kind

    package init(_ kind: Kind, at time: Timestamp = .now(), sequence: UInt64 = 0) {
        self.kind = kind
        self.time = time
        self.sequence = sequence
    }

    /// Indirect: buffers hold many events, and most are much smaller than the largest one.
    package indirect enum Kind: Hashable, Sendable {
        /// A function appeared or its code or configuration changed.
        case functionChanged(FunctionDescription)
        case functionDeleted(name: String)
        case environment(EnvironmentChange)
        case invocationStarted(InvocationStart)
        case invocationFinished(InvocationEnd)
        case log(LogBatch)
        case apiRequest(APIRequest)
        /// An API appeared or its routes or stages changed.
        case apiChanged(APIDescription)
        case apiDeleted(id: String)
        /// A call to a service of the endpoint.
        case call(ServiceCall)
        /// A part of a trace that a program measured itself.
        case traceSegment(TraceSegment)
        case metric(CustomMetric)
        /// A table appeared, or its schema or size changed.
        case tableChanged(TableDescription)
        case tableDeleted(name: String)
        case alarmChanged(AlarmDescription)
        case alarmDeleted(name: String)
        case eventSource(EventSourceChange)
        /// A state machine appeared or its definition changed.
        case stateMachineChanged(StateMachineDescription)
        case stateMachineDeleted(arn: String)
        case executionStarted(ExecutionStart)
        case executionHistory(ExecutionHistory)
        case executionEnded(ExecutionEnd)
        case gap(Gap)
    }
}

/// Where services put what happens; never blocks and never fails.
package protocol TelemetrySink: Sendable {
    func emit(_ event: TelemetryEvent)
}
