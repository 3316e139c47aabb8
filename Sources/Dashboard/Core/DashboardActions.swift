/// What the dashboard cannot do itself.
package protocol DashboardActions: Sendable {
    /// Calls a function and waits for its answer.
    func invoke(_ function: String, _ payload: [UInt8]) async -> InvokeOutcome

    /// Starts, stops or redrives an execution.
    func perform(_ action: ExecutionAction) async -> ExecutionOutcome

    /// Calls a service of the endpoint.
    func call(_ call: EndpointCall) async -> EndpointOutcome

    /// Opens a text in the person's own editor.
    ///
    /// - Returns: `nil` when there is none, or it ended with an error.
    func edit(_ text: String) async -> String?

    /// The newest lines of fntop's own log.
    func diagnostics() async -> DiagnosticsTail
}

/// The end of fntop's own log.
package struct DiagnosticsTail: Hashable, Sendable {
    /// Where it is; `nil` when there is no place for one.
    package var path: String?
    /// Oldest first.
    package var lines: [String]

    package init(path: String? = nil, lines: [String] = []) {
        self.path = path
        self.lines = lines
    }
}
