package import Telemetry

/// What makes a metric one of its own: namespace, name and dimensions, in whatever order they were given.
package struct MetricKey: Hashable, Sendable {
    package let namespace: String
    package let name: String
    /// Ordered by name.
    package let dimensions: [CustomMetric.Dimension]

    package init(_ namespace: String, _ name: String, _ dimensions: [CustomMetric.Dimension] = []) {
        self.namespace = namespace
        self.name = name
        self.dimensions = dimensions.count < 2 ? dimensions : dimensions.sorted { $0.name < $1.name }
    }

    package func dimension(_ name: String) -> String? { dimensions.first { $0.name == name }?.value }

    /// Bytes in memory, roughly.
    var weight: Int {
        dimensions.reduce(96 + namespace.utf8.count + name.utf8.count) {
            $0 + 32 + $1.name.utf8.count + $1.value.utf8.count
        }
    }
}
