/// How services reach functions: API Gateway, Step Functions and event sources call this, `LocalCloud` supplies it.
package protocol FunctionInvoker: Sendable {
    /// Invokes a function and waits for its answer.
    ///
    /// - Parameter function: a name, an ARN, or either with `:qualifier`.
    /// - Throws: ``ServiceError`` when nothing ran: no such function, throttled, payload too large.
    func invoke(_ function: String, _ invocation: FunctionInvocation) async throws(ServiceError) -> FunctionResult
}

package struct FunctionInvocation: Sendable {
    package var payload: [UInt8]
    /// What called, as a person would name it: `POST /order`.
    package var trigger: String
    /// Trace header of the caller; a new trace begins when it is empty.
    package var traceHeader: String
    /// Whether the last 4 KB of the invocation's log are to be told.
    package var wantsTail = false

    package init(payload: [UInt8], trigger: String, traceHeader: String = "") {
        self.payload = payload
        self.trigger = trigger
        self.traceHeader = traceHeader
    }
}

package struct FunctionResult: Sendable {
    package var payload: [UInt8]
    /// `nil` when the function succeeded, else `Unhandled`.
    package var functionError: String?
    /// A UUID in lower case.
    package var requestID: String
    /// `$LATEST` or a version.
    package var executedVersion: String
    /// The end of the log in Base64, if it was asked for.
    package var logResult: String?

    package init(payload: [UInt8], functionError: String?, requestID: String, executedVersion: String) {
        self.payload = payload
        self.functionError = functionError
        self.requestID = requestID
        self.executedVersion = executedVersion
    }
}
