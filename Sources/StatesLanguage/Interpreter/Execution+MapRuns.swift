import JSON
import Telemetry

/// Distributed Map states.
extension Execution {
    mutating func startMapRun(_ id: Int, _ state: StateDefinition, _ map: MapDefinition) throws(StateFailure) {
        let scope = scope(id)
        defer { finish(scope) }
        let effective = try scope.apply(state.inputPath, to: scope.input)
        let limit = try scope.maxConcurrency(of: map, effective: effective)
        let items: [JSON]? = map.itemReader == nil ? try scope.items(of: map, effective: effective) : nil
        var details = JSONObject()
        details["length"] = .int(items?.count ?? 0)
        emit("MapStateStarted", of: id, details)
        let request = MapRunRequest(
            id: TaskID(eventID: strands[id].last), stateName: state.name, label: map.label, items: items,
            itemReader: try scope.configuration(map.itemReader, effective),
            itemSelector: map.itemSelectorSource.map { template in
                MapItemSelector(
                    template: template, language: state.queryLanguage,
                    input: state.queryLanguage == .jsonPath ? effective : scope.input, context: scope.context,
                    variables: scope.variables)
            },
            itemBatcher: try scope.configuration(map.itemBatcher, effective),
            resultWriter: try scope.configuration(map.resultWriter, effective), executionType: map.executionType,
            processor: map.definition, maxConcurrency: limit,
            toleratedFailureCount: try scope.toleratedCount(of: map, effective: effective),
            toleratedFailurePercentage: try scope.toleratedPercentage(of: map, effective: effective),
            redriven: strands[id].mapRunARN != nil)
        tasks[request.id.eventID] = id
        strands[id].phase = .mapRun(task: request.id.eventID)
        actions.append(.startMapRun(request))
    }

    private func mapRun(of task: TaskID) -> Int? {
        guard let id = tasks[task.eventID], case .mapRun = strands[id].phase else { return nil }
        return id
    }

    mutating func mapRunStarted(_ task: TaskID, _ arn: String) {
        guard let id = mapRun(of: task) else { return }
        let isRedriven = strands[id].mapRunARN != nil
        strands[id].mapRunARN = arn
        var details = JSONObject()
        details["mapRunArn"] = .string(arn)
        if isRedriven { details["redriveCount"] = .int(redriveCount) }
        emit(isRedriven ? "MapRunRedriven" : "MapRunStarted", of: id, details)
    }

    mutating func mapRunSucceeded(_ task: TaskID, _ output: JSON) {
        guard let id = mapRun(of: task) else { return }
        tasks[task.eventID] = nil
        strands[id].phase = .attempting
        strands[id].mapRunARN = nil
        emit("MapRunSucceeded", of: id)
        emit("MapStateSucceeded", after: strands[id].last)
        leave(id, with: output)
    }

    mutating func mapRunFailed(_ task: TaskID, _ failure: TaskFailure) {
        guard let id = mapRun(of: task) else { return }
        tasks[task.eventID] = nil
        strands[id].phase = .attempting
        emit("MapRunFailed", of: id, Details.failure(failure.error, failure.cause))
        fail(id, StateFailure(failure.error, failure.cause, origin: .told), isOfChild: true)
    }
}

extension EvaluationScope {
    /// `ItemReader`, `ItemBatcher` or `ResultWriter` with their paths and expressions evaluated; `Arguments` become `Parameters`.
    func configuration(_ source: JSON?, _ effective: JSON) throws(StateFailure) -> JSON? {
        guard let source else { return nil }
        let template = PayloadTemplate(source, language: language)
        guard language == .jsonata else {
            return try withPaths(try fill(template, with: effective, field: ""), effective)
        }
        var value = try evaluate(template, with: StatesObject(), field: "ItemReader")
        guard let arguments = value["Arguments"] else { return value }
        value["Parameters"] = arguments
        value["Arguments"] = .none
        return value
    }

    /// Puts in the values of `MaxItemsPath`, `MaxItemsPerBatchPath` and their like.
    private func withPaths(_ value: JSON, _ effective: JSON) throws(StateFailure) -> JSON {
        guard let object = value.object else { return value }
        var result = JSONObject()
        for (key, member) in object {
            if key.hasPrefix("Max"), key.hasSuffix("Path"), let path = member.string {
                let name = String(key.dropLast(4))
                result[name] = .int(try count(.reading(path: path), name, in: effective))
            } else if key == "ReaderConfig" {
                result[key] = try withPaths(member, effective)
            } else {
                result[key] = member
            }
        }
        return .object(result)
    }
}
