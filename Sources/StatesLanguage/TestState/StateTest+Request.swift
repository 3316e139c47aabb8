import JSON

/// Reading and checking what was asked.
extension StateTest {
    static func state(of request: StateTestRequest) throws(StateTestError) -> StateDefinition {
        let state = try find(request)
        try check(request, state.type)
        return state
    }

    private static func find(_ request: StateTestRequest) throws(StateTestError) -> StateDefinition {
        let findings: [DefinitionDiagnostic]
        let source: JSON
        let name = request.stateName ?? DefinitionValidator.loneStateName
        if request.stateName == nil {
            findings = DefinitionValidator.diagnostics(ofState: request.definition)
            source = DefinitionValidator.machine(around: (try? JSON(parsing: request.definition)) ?? .null)
        } else {
            findings = DefinitionValidator.diagnostics(of: request.definition, type: "STANDARD")
            source = (try? JSON(parsing: request.definition)) ?? .null
        }
        guard !findings.contains(where: { $0.severity == .error }) else {
            throw StateTestError(
                code: "InvalidDefinition", message: DefinitionValidator.invalidDefinitionMessage(findings))
        }
        guard let state = find(name, in: StateMachineDefinition(source).flow) else {
            throw .invalid("State not found in definition")
        }
        return state
    }

    private static func find(_ name: String, in flow: StateFlow) -> StateDefinition? {
        var flows = [flow]
        while let flow = flows.popLast() {
            if let state = flow.state(named: name) { return state }
            for state in flow.states {
                flows += state.branches
                if let processor = state.map?.processor { flows.append(processor) }
            }
        }
        return nil
    }

    private static func check(_ request: StateTestRequest, _ type: StateType) throws(StateTestError) {
        let isContainer = type == .map || type == .parallel
        guard let mock = request.mock else {
            if isContainer {
                throw StateTestError(
                    code: "InvalidDefinition",
                    message: "TestState API does not support Map or Parallel states. Supported state types include: "
                        + "[Task, Wait, Pass, Succeed, Fail, Choice]")
            }
            if type == .task, request.roleARN == nil {
                throw .invalid("RoleArn must be specified when testing a Task state")
            }
            if request.context != nil { throw .invalid("Context can only be specified when a mock is specified") }
            return
        }
        guard isContainer || type == .task else {
            throw .invalid("State type '\(type.rawValue)' is not supported when a mock is specified")
        }
        guard (mock.result == nil) != (mock.error == nil) else {
            throw .invalid("A test mock should have only one of the following fields: [result, errorOutput].")
        }
    }

    static func json(_ text: String) throws(StateTestError) -> JSON {
        do throws(JSONError) {
            return try JSON(parsing: text)
        } catch {
            throw StateTestError(
                code: "InvalidExecutionInput", message: "Invalid State Machine Execution Input: '\(error)'")
        }
    }

    static func variables(of request: StateTestRequest) throws(StateTestError) -> [String: JSON] {
        guard let text = request.variables else { return [:] }
        guard let object = (try? JSON(parsing: text))?.object else {
            throw .invalid("Invalid variables provided: they must be a JSON object")
        }
        return Dictionary(zip(object.keys, object.values), uniquingKeysWith: { _, last in last })
    }

    static func mockedResult(of request: StateTestRequest, for state: StateDefinition) throws(StateTestError) -> JSON? {
        guard let mock = request.mock, let text = mock.result else { return nil }
        guard let result = try? JSON(parsing: text) else { throw .invalid("Mocked result must be a valid JSON") }
        guard state.type == .task else {
            if result.array == nil { throw .invalid("Mocked result must be an array.") }
            return result
        }
        guard mock.mode != .none, case .integration(let service, let operation, let pattern, _)? = state.task?.resource,
            pattern == .requestResponse, let shape = MockShapeTable.shape(service: service, operation: operation),
            let problem = shape.problem(in: result, named: "result", requiresAll: mock.mode == .strict)
        else { return result }
        throw .invalid("Mock result schema validation error: \(problem)")
    }
}
