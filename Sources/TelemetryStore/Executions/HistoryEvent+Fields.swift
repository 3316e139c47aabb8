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
}
