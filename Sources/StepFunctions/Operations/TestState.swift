import AWSCore
import JSON
import StatesLanguage
import Telemetry

enum TestState: ServiceOperation {
    static let name = "TestState"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let request = try request(json, call, context)
        var test: StateTest
        do throws(StateTestError) {
            test = try StateTest(request)
        } catch {
            throw ServiceError(error.code, error.message)
        }
        switch test.start() {
        case .done(let report): return answer(report)
        case .task(let resource, let parameters):
            try check(resource)
            let outcome = await outcome(of: resource, parameters, request, context)
            return answer(test.finish(outcome))
        }
    }

    private static func request(
        _ json: JSON, _ call: CallContext, _ context: Workflows
    ) throws(ServiceError) -> StateTestRequest {
        let input = Input(json)
        var request = StateTestRequest(
            definition: try input.required("definition", atMost: 1_048_576), region: call.region, account: call.account,
            now: context.clock.now(), seed: UInt64.random(in: .min ... .max))
        request.stateName = try input.string("stateName", atLeast: 1, atMost: 80)
        request.input = try input.string("input", atMost: 262_144)
        request.roleARN = try input.string("roleArn", atLeast: 1, atMost: 256)
        request.context = try input.string("context", atMost: 262_144)
        request.variables = try input.string("variables", atMost: 262_144)
        let level = try input.choice("inspectionLevel", of: ["INFO", "DEBUG", "TRACE"])
        request.level = level.flatMap(StateTestRequest.Level.init) ?? .info
        request.mock = try input["mock"].map { mock throws(ServiceError) in try Self.mock(Input(mock)) }
        if let configuration = input["stateConfiguration"] {
            let configuration = Input(configuration)
            request.configuration.retryCount = try configuration.int("retrierRetryCount", in: 0...Int.max)
            request.configuration.failedIterations = try configuration.int(
                "mapIterationFailureCount", in: 0...Int.max)
            request.configuration.errorCausedByState = try configuration.string(
                "errorCausedByState", atLeast: 1, atMost: 80)
            request.configuration.itemReaderData = try configuration.string("mapItemReaderData", atMost: 262_144)
        }
        return request
    }

    private static func mock(_ input: Input) throws(ServiceError) -> StateTestRequest.Mock {
        let mode = try input.choice("fieldValidationMode", of: ["STRICT", "PRESENT", "NONE"])
        let failure = try input["errorOutput"].map { output throws(ServiceError) in
            let output = Input(output)
            return TaskFailure(
                try output.string("error", atMost: 256) ?? "", try output.string("cause", atMost: 32_768) ?? "")
        }
        return StateTestRequest.Mock(
            result: try input.string("result", atMost: 262_144), error: failure,
            mode: mode.flatMap(StateTestRequest.Mock.Mode.init) ?? .strict)
    }

    /// Only what answers at once can be tested without a mock.
    private static func check(_ resource: TaskResource) throws(ServiceError) {
        switch resource {
        case .lambda, .integration(_, _, .requestResponse, _): return
        case .activity: throw .invalid("Activity tasks can only be tested with a mock")
        case .integration(_, _, let pattern, _):
            throw .invalid(
                "Tasks with the '.\(pattern.rawValue)' service integration pattern can only be tested with a mock")
        }
    }

    private static func answer(_ report: StateTestReport) -> JSON {
        .members([
            "output": .text(report.output?.text), "error": .text(report.error), "cause": .text(report.cause),
            "inspectionData": report.inspection.map(JSON.object), "nextState": .text(report.nextState),
            "status": .string(report.status.rawValue),
        ])
    }
}

extension TestState {
    /// Runs the task as an execution of its own that nobody else sees: with its own machines and no telemetry.
    private static func outcome(
        of resource: TaskResource, _ parameters: JSON, _ request: StateTestRequest, _ context: Workflows
    ) async -> Result<JSON, TaskFailure> {
        let world = Workflows(
            clock: context.clock, sink: NoSink(), journal: NoJournal(), invoker: context.invoker,
            caller: context.caller, settings: context.settings)
        let name = request.stateName ?? "StateName"
        // A test may take five minutes.
        let definition: JSON = [
            "StartAt": .string(name),
            "States": [
                name: ["Type": "Task", "Resource": .string(resource.arn), "TimeoutSeconds": 300, "End": true]
            ],
        ]
        let id = RequestID().description
        let arn = "arn:aws:states:\(request.region):\(request.account)"
        let identity = ExecutionIdentity(
            arn: "\(arn):express:TestState:\(id)", name: id, roleARN: request.roleARN ?? "", started: request.now,
            machineARN: "\(arn):stateMachine:TestState", machineName: "TestState", isExpress: true)
        let runner = await world.launch(
            ExecutionRecord(
                identity: identity, type: .express, definitionText: definition.text,
                definition: StateMachineDefinition(definition), revisionUpdated: request.now,
                logging: LoggingConfiguration(), isTraced: false, inputText: parameters.text, input: parameters,
                seed: request.seed, number: 1, trigger: Self.name, traceHeader: "", region: request.region))
        let outcome = await runner.outcome()
        if outcome.status == .succeeded { return .success(outcome.output ?? .null) }
        return .failure(TaskFailure(outcome.error ?? "States.Runtime", outcome.cause ?? ""))
    }
}

extension TaskResource {
    fileprivate var arn: String {
        switch self {
        case .lambda(let arn), .activity(let arn), .integration(_, _, _, let arn): arn
        }
    }
}

/// Telemetry that nobody wants.
private struct NoSink: TelemetrySink {
    func emit(_ event: TelemetryEvent) {}
}
