package import JSON

/// States that lead to each other: of a machine, a branch of a Parallel, or the processor of a Map.
package final class StateFlow: Sendable {
    /// How deep Parallel and Map states may nest.
    static let deepest = 100

    package let source: JSON
    package let comment: String?
    package let startAt: String
    /// Of ``startAt``; `nil` when there is no such state.
    package let startIndex: Int?
    /// In the order of the definition.
    package let states: [StateDefinition]
    private let places: [String: Int]

    init(_ source: JSON, language: QueryLanguage, level: Int) {
        self.source = source
        comment = source["Comment"]?.string
        startAt = source["StartAt"]?.string ?? ""
        let members = level < Self.deepest ? source["States"]?.object ?? JSONObject() : JSONObject()
        let places = Dictionary(zip(members.keys, 0...), uniquingKeysWith: { first, _ in first })
        self.places = places
        startIndex = places[startAt]
        states = zip(members.keys, members.values).map { name, state in
            StateDefinition(name: name, state, language: language, places: places, level: level)
        }
    }

    package func state(named name: String) -> StateDefinition? { places[name].map { states[$0] } }
    package func index(of name: String) -> Int? { places[name] }
}

/// Where a state leads.
package enum Transition: Hashable, Sendable {
    case end
    /// The place in ``StateFlow/states``.
    case to(Int)
    /// A state that there is not.
    case missing(String)

    init(to name: String, _ places: [String: Int]) {
        self = places[name].map(Transition.to) ?? .missing(name)
    }
}
