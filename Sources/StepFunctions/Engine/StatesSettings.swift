/// How workflows run.
package struct StatesSettings: Sendable {
    /// Functions that workflows run at the same time, before waiting ones are let by.
    package var simultaneousInvocations: Int
    /// Bytes of memory for the histories of executions that ended.
    package var historyCap = 256 * 1024 * 1024
    /// Where executions are written down; `nil` keeps them in memory only.
    package var journalPath: String?
    /// The text of a mock configuration as Step Functions Local has it: executions of `ARN#TestCase` get its answers.
    package var mockConfiguration: [UInt8]?

    package init(simultaneousInvocations: Int) { self.simultaneousInvocations = max(simultaneousInvocations, 1) }
}
