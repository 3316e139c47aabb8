import AWSCore
import JSON
import Telemetry
import TelemetryStore

/// Makes values of a metric from the lines of a group that match a pattern.
struct MetricFilter: Sendable {
    var name: String
    var group: String
    var pattern: LogFilter
    var transformation: Transformation
    var created: Timestamp

    struct Transformation: Sendable {
        var metric: String
        var namespace: String
        var value: MetricValue
        var defaultValue: Double?
        var dimensions: [(name: String, value: MetricValue)]
        var unit: String
    }

    /// The value of a line that matches; `nil` when the line lacks it or it is no number.
    func metric(of line: [UInt8]) -> CustomMetric? {
        let values = LineValues(line, pattern)
        guard let value = transformation.value.number(values) else { return nil }
        var dimensions: [CustomMetric.Dimension] = []
        for dimension in transformation.dimensions {
            // Without all its dimensions it would be another metric.
            guard let text = dimension.value.text(values) else { return nil }
            dimensions.append(.init(name: dimension.name, value: text))
        }
        return metric(value, dimensions)
    }

    /// What a minute counts in which lines came and none matched.
    var defaultMetric: CustomMetric? { transformation.defaultValue.map { metric($0, []) } }

    private func metric(_ value: Double, _ dimensions: [CustomMetric.Dimension]) -> CustomMetric {
        CustomMetric(
            namespace: transformation.namespace, name: transformation.metric, dimensions: dimensions, value: value,
            unit: transformation.unit)
    }

    var json: JSON {
        var metric: JSON = [
            "metricName": .string(transformation.metric), "metricNamespace": .string(transformation.namespace),
            "metricValue": .string(transformation.value.source), "unit": .string(transformation.unit),
        ]
        if let value = transformation.defaultValue { metric["defaultValue"] = .double(value) }
        if !transformation.dimensions.isEmpty {
            var dimensions = JSONObject()
            for dimension in transformation.dimensions { dimensions[dimension.name] = .string(dimension.value.source) }
            metric["dimensions"] = .object(dimensions)
        }
        return [
            "filterName": .string(name), "filterPattern": .string(pattern.source), "metricTransformations": [metric],
            "creationTime": .int(Int(created.milliseconds)), "logGroupName": .string(group),
            "applyOnTransformedLogs": false,
        ]
    }
}

/// What a metric's value or a dimension is: a number, `$.latency` of JSON, or `$size` of columns.
struct MetricValue: Sendable {
    let source: String
    private let constant: Double?

    init(_ source: String) {
        self.source = source
        constant = Double(source)
    }

    func number(_ values: LineValues) -> Double? { constant ?? values[source].flatMap { Double($0) } }

    func text(_ values: LineValues) -> String? { values[source] }
}

/// What a pattern finds in a line, by selector.
struct LineValues {
    private let line: [UInt8]
    private let pattern: LogFilter

    init(_ line: [UInt8], _ pattern: LogFilter) {
        self.line = line
        self.pattern = pattern
    }

    subscript(selector: String) -> String? { pattern.value(selector, in: line) }
}
