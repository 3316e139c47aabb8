import AWSCore
import JSON
import StepFunctions
import Synchronization
import Telemetry

/// Step Functions with a clock, functions and services that the test decides about.
struct World {
    let clock = ManualClock()
    let sink = RecordingSink()
    let functions = FakeFunctions()
    let services = FakeServices()
    let service: StepFunctionsService

    init(journal: String? = nil, historyCap: Int? = nil, mocks: String? = nil, quota: Int? = nil) async throws {
        var settings = StatesSettings(simultaneousInvocations: 4)
        settings.journalPath = journal
        settings.mockConfiguration = mocks.map { Array($0.utf8) }
        if let quota { settings.quota = quota }
        if let historyCap { settings.historyCap = historyCap }
        service = try await StepFunctionsService.open(
            sink: sink, invoker: functions, caller: services, settings: settings, clock: clock)
    }

    @discardableResult
    func call(_ operation: String, _ input: JSON = [:]) async throws(ServiceError) -> JSON {
        try await service.call(operation, input, context: CallContext())
    }

    /// - Returns: the machine's ARN.
    func machine(_ name: String, _ definition: JSON, type: String = "STANDARD") async throws -> String {
        let input: JSON = [
            "name": .string(name), "definition": .string(definition.text), "type": .string(type),
            "roleArn": "arn:aws:iam::000000000000:role/r",
        ]
        return try await call("CreateStateMachine", input)["stateMachineArn"]?.string ?? ""
    }

    /// - Returns: the execution's ARN.
    func start(_ machine: String, name: String? = nil, input: JSON = [:]) async throws -> String {
        var request: JSON = ["stateMachineArn": .string(machine), "input": .string(input.text)]
        if let name { request["name"] = .string(name) }
        return try await call("StartExecution", request)["executionArn"]?.string ?? ""
    }

    func describe(_ execution: String) async throws -> JSON {
        try await call("DescribeExecution", ["executionArn": .string(execution)])
    }

    func types(_ execution: String) async throws -> [String] {
        let page = try await call("GetExecutionHistory", ["executionArn": .string(execution), "maxResults": 1000])
        return page["events"]?.array?.compactMap { $0["type"]?.string } ?? []
    }

    /// Gives others the turn until it is so; never so only when the code is wrong.
    func until(_ condition: () async throws -> Bool) async throws {
        for _ in 0..<200_000 {
            if try await condition() { return }
            await Task.yield()
        }
    }

    /// - Returns: the description of the execution when it ended.
    func ended(_ execution: String) async throws -> JSON {
        try await until { try await describe(execution)["status"]?.string != "RUNNING" }
        return try await describe(execution)
    }
}

final class RecordingSink: TelemetrySink {
    private let all = Mutex<[TelemetryEvent]>([])
    func emit(_ event: TelemetryEvent) { all.withLock { $0.append(event) } }
    var events: [TelemetryEvent] { all.withLock { $0 } }
}

/// Functions that answer at once what the test says; the payload itself by default.
final class FakeFunctions: FunctionInvoker {
    typealias Answer = @Sendable (String, JSON) async throws(ServiceError) -> (payload: JSON, isError: Bool)
    private let state = Mutex(State())

    private struct State {
        var answer: Answer?
        var calls: [(function: String, payload: JSON)] = []
        var running = 0
        var mostRunning = 0
    }

    func set(_ answer: @escaping Answer) { state.withLock { $0.answer = answer } }
    var calls: [(function: String, payload: JSON)] { state.withLock { $0.calls } }
    var mostRunning: Int { state.withLock { $0.mostRunning } }
    var running: Int { state.withLock { $0.running } }

    func invoke(_ function: String, _ invocation: FunctionInvocation) async throws(ServiceError) -> FunctionResult {
        let payload = (try? JSON(parsing: invocation.payload)) ?? .null
        let answer = state.withLock { state in
            state.calls.append((function, payload))
            state.running += 1
            state.mostRunning = max(state.mostRunning, state.running)
            return state.answer
        }
        defer { state.withLock { $0.running -= 1 } }
        let result: (payload: JSON, isError: Bool) = try await answer?(function, payload) ?? (payload, false)
        return FunctionResult(
            payload: result.payload.bytes, functionError: result.isError ? "Unhandled" : nil,
            requestID: "11111111-2222-4333-8444-555555555555", executedVersion: "$LATEST")
    }
}

final class FakeServices: ServiceCaller {
    typealias Answer = @Sendable (String, String, JSON) throws(ServiceError) -> JSON
    private let answer = Mutex<Answer?>(nil)

    func set(_ answer: @escaping Answer) { self.answer.withLock { $0 = answer } }

    func call(
        _ service: String, _ operation: String, _ input: JSON, context: CallContext
    ) async throws(ServiceError) -> JSON {
        guard let answer = answer.withLock({ $0 }) else {
            throw ServiceError("NotImplemented", "fntop does not serve \(operation) of \(service)", status: 501)
        }
        return try answer(service, operation, input)
    }
}
