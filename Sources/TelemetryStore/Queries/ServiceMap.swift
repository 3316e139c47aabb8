package import Telemetry

/// Who called whom in a window, with how often and how well that went.
package struct ServiceMap: Hashable, Sendable {
    package var window: TimeWindow
    package var nodes: [Node] = []
    package var edges: [Edge] = []
    /// How many traces it is made of.
    package var traces = 0
    /// The window has more, older ones.
    package var isPartial = false

    package init(window: TimeWindow) { self.window = window }

    package struct Node: Hashable, Sendable {
        package enum Kind: String, Hashable, Sendable, CaseIterable {
            case client, api, function, machine, table, service
        }

        package var kind: Kind
        package var name: String
        package var measure = Measure()

        package init(kind: Kind, name: String) {
            self.kind = kind
            self.name = name
        }
    }

    /// Places in ``nodes``.
    package struct Edge: Hashable, Sendable {
        package var from: Int
        package var to: Int
        package var measure = Measure()

        package init(from: Int, to: Int) {
            self.from = from
            self.to = to
        }
    }

    package struct Measure: Hashable, Sendable {
        package var count = 0
        package var errors = 0
        package var throttles = 0
        package var faults = 0
        package var total = Microseconds.zero
        package var latency: Percentiles?

        package init() {}

        package var failureRate: Double? {
            count == 0 ? nil : Double(errors + throttles + faults) / Double(count)
        }
    }
}
