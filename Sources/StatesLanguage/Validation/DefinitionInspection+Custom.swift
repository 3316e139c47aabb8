import JSON

extension DefinitionInspection {
    mutating func check(_ value: JSON, by field: CustomField, at spot: Spot) {
        switch field {
        case .states: checkStates(value, at: spot)
        case .startAt: if value.string == nil { expected("String", at: spot) }
        case .type: break
        case .end: if value.bool == nil { expected("Boolean", at: spot) }
        case .resource: checkResource(value, at: spot)
        case .credentials: checkCredentials(value, at: spot)
        case .retriers: checkHandlers(value, by: ErrorRules.retrier, at: spot)
        case .catchers: checkHandlers(value, by: ErrorRules.catcher, at: spot)
        case .errorNames: checkErrorNames(value, at: spot)
        case .choices: checkChoices(value, at: spot)
        case .branches: checkBranches(value, at: spot)
        case .processor: checkProcessor(value, at: spot)
        case .itemReader: checkItemReader(value, at: spot)
        case .label: checkLabel(value, at: spot)
        }
    }

    private mutating func checkHandlers(_ value: JSON, by rule: ObjectRule, at spot: Spot) {
        guard let handlers = value.array else { return expected("Array", at: spot) }
        for (index, handler) in handlers.enumerated() {
            let inner = spot[index]
            guard let object = handler.object else {
                expected("Object", at: inner)
                continue
            }
            check(object, by: rule, at: inner)
            guard let names = object["ErrorEquals"]?.array, names.contains("States.ALL") else { continue }
            guard names.count > 1 || index < handlers.count - 1 else { continue }
            schema("States.ALL must appear alone and at end of list", at: inner["ErrorEquals"])
        }
    }

    private mutating func checkErrorNames(_ value: JSON, at spot: Spot) {
        if value.array?.isEmpty == true { return schema("Value cannot be empty", at: spot) }
        checkTexts(value, at: spot)
    }

    private mutating func checkCredentials(_ value: JSON, at spot: Spot) {
        if spot.language == .jsonata, let text = value.string, text.hasPrefix("{%") {
            return checkExpression(text, at: spot)
        }
        guard let object = value.object else { return expected("Object", at: spot) }
        let hasPath = spot.language == .jsonPath && object["RoleArn.$"] != nil
        if object["RoleArn"] == nil, !hasPath { schema("The field 'RoleArn' is required but was missing", at: spot) }
        checkTemplate(value, at: spot)
    }

    private mutating func checkBranches(_ value: JSON, at spot: Spot) {
        guard let branches = value.array else { return expected("Array", at: spot) }
        guard !branches.isEmpty else { return schema("Value cannot be empty", at: spot) }
        for (index, branch) in branches.enumerated() {
            let inner = spot[index].entered(in: machineLanguage)
            guard let flow = branch.object else {
                expected("Object", at: inner)
                continue
            }
            check(flow: flow, by: StateRules.branch, at: inner)
        }
    }
}

extension Spot {
    /// States inside of others have the language of the machine, whatever the state around them has.
    func entered(in language: QueryLanguage) -> Spot {
        var inner = self
        inner.language = language
        inner.stateType = nil
        inner.place = .input
        inner.isDowngraded = false
        inner.level = level + 1
        return inner
    }
}
