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

    /// State machines, and as many activities, that there can be: AWS's quota for an account and region.
    package var quota = 100_000

    package init(simultaneousInvocations: Int) { self.simultaneousInvocations = max(simultaneousInvocations, 1) }
}
