import JSON
package import Telemetry

/// The members of an event's details that are asked for by name.
extension HistoryEvent {
    package func text(_ name: String) -> String? { details?[name]?.string }
    package func number(_ name: String) -> Int? { details?[name]?.int }

    /// The state that was entered or exited, the Map of an iteration.
    package var stateName: String? { text("name") }
    /// JSON text.
    package var input: String? { text("input") }
    /// JSON text.
    package var output: String? { text("output") }
    package var error: String? { text("error") }
    package var cause: String? { text("cause") }
    package var isStateEntered: Bool { type.hasSuffix("StateEntered") }
    package var isStateExited: Bool { type.hasSuffix("StateExited") }

    /// What it takes in memory, more or less: the details' text and what holds it.
    var bytes: Int { 160 + (details.map { $0.reduce(0) { $0 + 96 + $1.0.utf8.count + $1.1.roughBytes } } ?? 0) }
}

extension JSON {
    /// Deep values count as one word: details are flat.
    fileprivate var roughBytes: Int {
        switch self {
        case .null, .bool: 1
        case .number(let number): number.text.utf8.count
        case .string(let text): text.utf8.count
        case .array(let values): 16 * values.count
        case .object(let object): object.reduce(0) { $0 + 32 + $1.0.utf8.count + ($1.1.string?.utf8.count ?? 8) }
        }
    }
}
