import AWSCore
import JSON
import StatesLanguage
import Telemetry

/// Makes and starts executions of machines.
struct ExecutionStarter {
    let world: Workflows

    struct Request {
        /// An ARN, with or without version, alias or `#TestCase`.
        var machine: String
        var name: String?
        /// JSON text.
        var input: String
        var trigger: String
        var trace: String
        var givenTrace: String?
        var parentARN: String?
        /// Whether the parent may have started it before the runtime stopped.
        var rejoins = false
        var isSynchronous = false
        var context: CallContext
    }

    /// AWS's limit for the input of an execution, in bytes.
    static let largestInput = 262_144

    /// - Throws: `ExecutionAlreadyExists`, `InvalidExecutionInput`, `InvalidName`, `StateMachineDoesNotExist`, ….
    func start(_ request: Request) async throws(ServiceError) -> ExecutionRunner {
        let record = try record(request)
        let runner = ExecutionRunner(record, world: world)
        if let known = world.executions.insert(runner) {
            // The same start again is answered with what it started.
            if let parent = request.parentARN, request.rejoins, known.record.parentARN == parent { return known }
            guard known.facts.status == .running, known.record.input == record.input else {
                throw ServiceError("ExecutionAlreadyExists", "Execution Already Exists: '\(record.arn)'")
            }
            return known
        }
        await world.launch(runner)
        return runner
    }

    private func record(_ request: Request) throws(ServiceError) -> ExecutionRecord {
        let parts = request.machine.split(separator: "#", maxSplits: 1).map(String.init)
        let target = try world.machines.target(parts.first ?? "", random: Int.random(in: 0..<100))
        if let name = request.name { try Names.check(name) }
        let machine = target.machine
        if request.isSynchronous, machine.type == .standard {
            throw ServiceError(
                "StateMachineTypeNotSupported", "This operation is not supported by this type of state machine")
        }
        let input = try Self.input(request.input)
        let name = request.name ?? RequestID().description
        let identity = ExecutionIdentity(
            arn: Self.arn(machine, name), name: name, roleARN: target.revision.roleARN, started: world.clock.now(),
            machineARN: machine.arn, machineName: machine.name, versionARN: target.versionARN,
            aliasARN: target.aliasARN, isExpress: machine.type == .express)
        let trace = request.givenTrace ?? request.trace
        return ExecutionRecord(
            identity: identity, type: machine.type, definitionText: target.revision.text,
            definition: target.revision.definition, revisionID: target.revision.revisionID,
            revisionUpdated: target.revision.updated, logging: target.revision.logging,
            isTraced: target.revision.isTraced, inputText: request.input, input: input,
            seed: UInt64.random(in: .min ... .max), number: world.executions.nextNumber(), trigger: request.trigger,
            givenTrace: request.givenTrace, traceHeader: TraceHeader.continued(trace).text,
            traceParent: TraceHeader(trace).parent,
            region: request.context.region, parentARN: request.parentARN,
            testCase: parts.count > 1 ? parts[1] : nil)
    }

    private static func input(_ text: String) throws(ServiceError) -> JSON {
        guard text.utf8.count <= largestInput else {
            throw .constraint("'...'", at: "input", "have length less than or equal to \(largestInput)")
        }
        do throws(JSONError) {
            return try JSON(parsing: text)
        } catch {
            throw ServiceError("InvalidExecutionInput", "Invalid State Machine Execution Input: '\(error)'")
        }
    }

    private static func arn(_ machine: StateMachine, _ name: String) -> String {
        guard var arn = ARN(machine.arn) else { return machine.arn }
        switch machine.type {
        case .standard: arn.resource = "execution:\(machine.name):\(name)"
        case .express: arn.resource = "express:\(machine.name):\(name):\(RequestID())"
        }
        return arn.description
    }
}
