import JSON

/// Goes through a definition once and gathers what is wrong with it.
struct DefinitionInspection {
    private(set) var findings: [DefinitionDiagnostic] = []
    private var flows: [(source: JSONObject, spot: Spot)] = []
    private let isExpressMachine: Bool
    private(set) var machineLanguage = QueryLanguage.jsonPath
    private var stateNames: Set<String> = []
    private var labels: Set<String> = []

    init(isExpress: Bool) { isExpressMachine = isExpress }

    mutating func inspect(machine: JSONObject) {
        machineLanguage = Self.language(of: machine) ?? .jsonPath
        let spot = Spot(location: "/", language: machineLanguage, isExpress: isExpressMachine)
        check(flow: machine, by: StateRules.machine, at: spot)
        for (index, flow) in flows.enumerated() {
            checkTransitions(of: flow.source, at: flow.spot, isOutermost: index == 0)
        }
    }

    /// - Parameter state: on its own: where it leads to is not looked at, but inside of it.
    mutating func inspect(state: JSONObject) {
        let spot = Spot(location: "/", language: .jsonPath, isExpress: isExpressMachine)
        checkStates([DefinitionValidator.loneStateName: .object(state)], at: spot["States"])
        for flow in flows { checkTransitions(of: flow.source, at: flow.spot, isOutermost: false) }
    }

    /// - Parameter flow: has `StartAt` and `States`; where its states lead to is looked at when all fields have been.
    mutating func check(flow: JSONObject, by rule: ObjectRule, at spot: Spot) {
        flows.append((flow, spot))
        check(flow, by: rule, at: spot)
    }

    mutating func add(_ finding: DefinitionDiagnostic) { findings.append(finding) }
    mutating func add(_ more: [DefinitionDiagnostic]) { findings += more }
    mutating func schema(_ message: String, at spot: Spot) { add(.schema(message, at: spot.location)) }

    /// - Returns: whether the name is new in the whole machine.
    mutating func isNew(state name: String) -> Bool { stateNames.insert(name).inserted }
    mutating func isNew(label: String) -> Bool { labels.insert(label).inserted }

    /// Only exactly `JSONPath` is that; all else that is written there is read as JSONata.
    static func language(of object: JSONObject) -> QueryLanguage? {
        object["QueryLanguage"].map { $0.string == QueryLanguage.jsonPath.rawValue ? .jsonPath : .jsonata }
    }
}

/// Where in a definition something stands, and what holds there.
struct Spot {
    var location: String
    var language: QueryLanguage
    var isExpress: Bool
    /// Of the state around it.
    var stateType: StateType?
    var place = ExpressionPlace.input
    /// Parallel and Map states around it.
    var level = 0
    /// The state wants a language that the machine forbids; what it has of the other language is not reported as well.
    var isDowngraded = false

    subscript(name: String) -> Spot {
        var inner = self
        inner.location = (location == "/" ? "/" : location + "/") + name
        return inner
    }

    subscript(index: Int) -> Spot {
        var inner = self
        inner.location = "\(location)[\(index)]"
        return inner
    }
}
