package import JSON

/// What a state of one type has beyond what all have.
package enum StateBody: Sendable {
    case task(TaskDefinition)
    case pass(result: JSON?)
    case choice(ChoiceDefinition)
    case wait(WaitDefinition)
    case succeed
    case fail(error: PayloadTemplate?, cause: PayloadTemplate?)
    case parallel([StateFlow])
    case map(MapDefinition)

    init(
        _ type: StateType, _ source: JSON, name: String, language: QueryLanguage, machineLanguage: QueryLanguage,
        places: [String: Int], level: Int
    ) {
        switch type {
        case .task: self = .task(TaskDefinition(source, language: language))
        case .pass: self = .pass(result: source["Result"])
        case .choice: self = .choice(ChoiceDefinition(source, language: language, places: places))
        case .wait: self = .wait(WaitDefinition(source, language: language))
        case .succeed: self = .succeed
        case .fail:
            self = .fail(
                error: .field("Error", of: source, language: language),
                cause: .field("Cause", of: source, language: language)
            )
        case .parallel:
            self = .parallel(
                (source["Branches"]?.array ?? []).map { StateFlow($0, language: machineLanguage, level: level + 1) }
            )
        case .map:
            self = .map(
                MapDefinition(source, name: name, language: language, machineLanguage: machineLanguage, level: level))
        }
    }
}

extension StateDefinition {
    package var task: TaskDefinition? {
        guard case .task(let task) = body else { return nil }
        return task
    }

    package var choice: ChoiceDefinition? {
        guard case .choice(let choice) = body else { return nil }
        return choice
    }

    package var branches: [StateFlow] {
        guard case .parallel(let branches) = body else { return [] }
        return branches
    }

    package var map: MapDefinition? {
        guard case .map(let map) = body else { return nil }
        return map
    }
}
