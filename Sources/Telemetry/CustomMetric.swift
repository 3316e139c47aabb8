/// Values of a metric that the application itself measures, at one moment.
package struct CustomMetric: Hashable, Sendable {
    package var namespace: String
    package var name: String
    package var dimensions: [Dimension]
    package var values: [Value]
    /// What is left of values that were put together before they came.
    package var summary: Summary?
    package var unit: String

    package struct Dimension: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// A value, and how often it was measured.
    package struct Value: Hashable, Sendable {
        package var value: Double
        package var count: Double

        package init(_ value: Double, count: Double = 1) {
            self.value = value
            self.count = count
        }
    }

    package struct Summary: Hashable, Sendable {
        package var count: Double
        package var sum: Double
        package var minimum: Double
        package var maximum: Double

        package init(count: Double, sum: Double, minimum: Double, maximum: Double) {
            self.count = count
            self.sum = sum
            self.minimum = minimum
            self.maximum = maximum
        }
    }

    package init(
        namespace: String, name: String, dimensions: [Dimension] = [], values: [Value], summary: Summary? = nil,
        unit: String = "None"
    ) {
        self.namespace = namespace
        self.name = name
        self.dimensions = dimensions
        self.values = values
        self.summary = summary
        self.unit = unit
    }

    /// A value that was measured once.
    package init(
        namespace: String, name: String, dimensions: [Dimension] = [], value: Double, unit: String = "None"
    ) {
        self.init(namespace: namespace, name: name, dimensions: dimensions, values: [Value(value)], unit: unit)
    }
}
