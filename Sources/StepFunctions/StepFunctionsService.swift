package import AWSCore
package import JSON
import StatesLanguage
package import Telemetry

/// AWS Step Functions on this machine.
package struct StepFunctionsService: JSONTargetService {
    package let context: Workflows
    package let operations = OperationTable<Workflows>([
        CreateStateMachine.self, UpdateStateMachine.self, DescribeStateMachine.self, DeleteStateMachine.self,
        ListStateMachines.self, ValidateStateMachineDefinition.self, PublishStateMachineVersion.self,
        DeleteStateMachineVersion.self, ListStateMachineVersions.self, CreateStateMachineAlias.self,
        UpdateStateMachineAlias.self, DescribeStateMachineAlias.self, DeleteStateMachineAlias.self,
        ListStateMachineAliases.self, StartExecution.self, StartSyncExecution.self, StopExecution.self,
        DescribeExecution.self, ListExecutions.self, GetExecutionHistory.self, DescribeStateMachineForExecution.self,
        RedriveExecution.self, CreateActivity.self, DeleteActivity.self, DescribeActivity.self, ListActivities.self,
        GetActivityTask.self, SendTaskSuccess.self, SendTaskFailure.self, SendTaskHeartbeat.self, TagResource.self,
        UntagResource.self, ListTagsForResource.self, ListMapRuns.self, DescribeMapRun.self, UpdateMapRun.self,
        TestState.self,
    ])

    init(_ context: Workflows) { self.context = context }

    /// - Parameters:
    ///   - invoker: runs functions.
    ///   - caller: calls all other services.
    /// - Throws: when the journal's file cannot be opened, or the mock configuration is wrong.
    package static func open(
        sink: any TelemetrySink, invoker: any FunctionInvoker, caller: any ServiceCaller, settings: StatesSettings,
        clock: any StatesClock = WallClock()
    ) async throws -> StepFunctionsService {
        let journal: any ExecutionJournal
        if let path = settings.journalPath {
            journal = try SQLiteJournal(path: path, now: clock.now()) { complaint in
                let gap = Gap(source: "workflows", reason: complaint, start: clock.now())
                sink.emit(TelemetryEvent(.gap(gap), at: clock.now()))
            }
        } else {
            journal = NoJournal()
        }
        let mocks = try settings.mockConfiguration.map { try MockConfiguration(parsing: $0) }
        let workflows = Workflows(
            clock: clock, sink: sink, journal: journal, invoker: invoker, caller: caller, settings: settings,
            mocks: mocks)
        await workflows.restore()
        return StepFunctionsService(workflows)
    }

    /// Goes on with what was going on when the runtime stopped.
    package func resume() async { await context.resume() }

    /// Stops where executions are; they go on with the next start if they are written down.
    package func shutdown() async {
        await context.journal.close()
        context.executions.removeAll()
        context.mapRuns.removeAll()
    }

    package var signingName: String { "states" }
    package var targetPrefixes: [String] { ["AWSStepFunctions"] }
    package var contentType: String { "application/x-amz-json-1.0" }

    package func resource(of input: JSON) -> String {
        let names = [
            "stateMachineArn", "executionArn", "activityArn", "mapRunArn", "stateMachineAliasArn",
            "stateMachineVersionArn", "resourceArn", "name",
        ]
        for name in names {
            guard let text = input[name]?.string else { continue }
            return ARN(text)?.resource ?? text
        }
        return ""
    }
}
