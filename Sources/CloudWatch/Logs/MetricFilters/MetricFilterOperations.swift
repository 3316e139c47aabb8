import AWSCore
import JSON
import Telemetry
import TelemetryStore

enum PutMetricFilter: ServiceOperation {
    static let name = "PutMetricFilter"

    private static let mostDimensions = 3

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let group = try LogsContext.group(input)
        let fields = LogsInput(input)
        let name = try fields.plainName("filterName")
        for member in ["fieldSelectionCriteria", "emitSystemFieldDimensions"] where input[member] != nil {
            throw LogsInput.invalid("\(member) is not served here.")
        }
        guard input["filterPattern"] != nil else { throw LogsInput.missing("filterPattern") }
        let pattern = try LogsContext.filter(fields.optional("filterPattern", most: 1024, least: 0) ?? "")
        guard let transformations = input["metricTransformations"]?.array, transformations.count == 1 else {
            throw LogsInput.invalid(
                "1 validation error detected: Value at 'metricTransformations' failed to satisfy constraint: "
                    + "Member must have length of 1")
        }
        try await context.require(group)
        let filter = MetricFilter(
            name: name, group: group, pattern: pattern,
            transformation: try transformation(transformations[0], pattern), created: .now())
        await context.flush()
        try await context.metricFilters.put(filter)
        return .null
    }

    private static func transformation(
        _ json: JSON, _ pattern: LogFilter
    ) throws(ServiceError) -> MetricFilter.Transformation {
        let input = LogsInput(json)
        let value = try input.required("metricValue", most: 100)
        if Double(value) == nil, !pattern.hasSelector(value) {
            throw LogsInput.invalid(
                "Invalid metric transformation: metricValue \(value) is no number and no field of the pattern.")
        }
        var dimensions: [(name: String, value: MetricValue)] = []
        for (name, selector) in json["dimensions"]?.object ?? JSONObject() {
            guard let selector = selector.string, pattern.hasSelector(selector) else {
                throw LogsInput.invalid("Invalid metric transformation: dimension \(name) is no field of the pattern.")
            }
            dimensions.append((name, MetricValue(selector)))
        }
        guard dimensions.count <= mostDimensions else {
            throw LogsInput.invalid("Invalid metric transformation: at most \(mostDimensions) dimensions are allowed.")
        }
        let defaultValue = json["defaultValue"]?.double
        guard defaultValue == nil || dimensions.isEmpty else {
            throw LogsInput.invalid(
                "Invalid metric transformation: dimensions and default value are mutually exclusive properties.")
        }
        return MetricFilter.Transformation(
            metric: try input.required("metricName", most: 255),
            namespace: try input.required("metricNamespace", most: 255), value: MetricValue(value),
            defaultValue: defaultValue, dimensions: dimensions, unit: json["unit"]?.string ?? "None")
    }
}

enum DescribeMetricFilters: ServiceOperation {
    static let name = "DescribeMetricFilters"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let fields = LogsInput(input)
        let group = input["logGroupName"] == nil ? nil : try LogsContext.group(input)
        if let group { try await context.require(group) }
        let prefix = try fields.optional("filterNamePrefix")
        let metric = try fields.optional("metricName", most: 255)
        let namespace = try fields.optional("metricNamespace", most: 255)
        guard (metric == nil) == (namespace == nil) else {
            throw LogsInput.invalid("Metric name and metric namespace should both be present or both be absent.")
        }
        let limit = try fields.number("limit", 1...50) ?? 50
        let filters = await context.metricFilters.all.filter { filter in
            if let group, group != filter.group { return false }
            if let prefix, !filter.name.hasPrefix(prefix) { return false }
            if let metric, metric != filter.transformation.metric { return false }
            return namespace == nil || namespace == filter.transformation.namespace
        }
        let token = try fields.optional("nextToken")
        // `:` stands in no name of a group.
        let rest = filters.drop { filter in token.map { "\(filter.group):\(filter.name)" <= $0 } ?? false }
        let page = rest.prefix(limit)
        var output: JSON = ["metricFilters": .array(page.map(\.json))]
        if rest.count > page.count, let last = page.last { output["nextToken"] = .string("\(last.group):\(last.name)") }
        return output
    }
}

enum DeleteMetricFilter: ServiceOperation {
    static let name = "DeleteMetricFilter"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let group = try LogsContext.group(input)
        let name = try LogsInput(input).required("filterName")
        try await context.require(group)
        guard await context.metricFilters.delete(name, of: group) else {
            throw ServiceError("ResourceNotFoundException", "The specified metric filter does not exist.")
        }
        return .null
    }
}

enum TestMetricFilter: ServiceOperation {
    static let name = "TestMetricFilter"

    private static let mostMessages = 50

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let fields = LogsInput(input)
        guard input["filterPattern"] != nil else { throw LogsInput.missing("filterPattern") }
        let pattern = try LogsContext.filter(fields.optional("filterPattern", most: 1024, least: 0) ?? "")
        guard let messages = fields.texts("logEventMessages"), (1...mostMessages).contains(messages.count) else {
            throw LogsInput.invalid(
                "1 validation error detected: Value at 'logEventMessages' failed to satisfy constraint: "
                    + "Member must have length between 1 and \(mostMessages)")
        }
        let facts = LineFacts(time: .now(), level: .none)
        var matches: [JSON] = []
        for (index, message) in messages.enumerated() {
            let line = Array(message.utf8)
            guard pattern.matches(line, facts) else { continue }
            var values = JSONObject()
            for (selector, value) in pattern.values(in: line) { values[selector] = .string(value) }
            matches.append(
                ["eventNumber": .int(index + 1), "eventMessage": .string(message), "extractedValues": .object(values)])
        }
        return ["matches": .array(matches)]
    }
}
