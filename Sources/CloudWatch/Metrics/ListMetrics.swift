import AWSCore
import JSON
import TelemetryStore

enum ListMetrics: ServiceOperation {
    static let name = "ListMetrics"

    private static let pageSize = 500

    static func run(_ input: JSON, call: CallContext, in context: MetricsContext) async throws(ServiceError) -> JSON {
        await context.flush()
        let functions = await context.store.functionsWithMetrics()
        var metrics: [JSON] = []
        for metric in LambdaMetric.allCases where !functions.isEmpty { metrics.append(json(metric, [])) }
        for function in functions {
            for metric in LambdaMetric.allCases {
                metrics.append(json(metric, [("FunctionName", function)]))
                metrics.append(json(metric, [("FunctionName", function), ("Resource", function)]))
            }
        }
        let matching = metrics.filter { matches($0, input) }
        let start = MetricsContext.int(input["NextToken"]) ?? 0
        let page = matching.dropFirst(max(start, 0)).prefix(pageSize)
        var output: JSON = ["Metrics": .array(Array(page))]
        if start + page.count < matching.count { output["NextToken"] = .string(String(start + page.count)) }
        return output
    }

    private static func json(_ metric: LambdaMetric, _ dimensions: [(String, String)]) -> JSON {
        [
            "Namespace": .string(LambdaMetric.namespace), "MetricName": .string(metric.rawValue),
            "Dimensions": .array(dimensions.map { ["Name": .string($0.0), "Value": .string($0.1)] }),
        ]
    }

    private static func matches(_ metric: JSON, _ input: JSON) -> Bool {
        if let namespace = input["Namespace"]?.string, metric["Namespace"]?.string != namespace { return false }
        if let name = input["MetricName"]?.string, metric["MetricName"]?.string != name { return false }
        let dimensions = metric["Dimensions"]?.array ?? []
        return (input["Dimensions"]?.array ?? []).allSatisfy { wanted in
            dimensions.contains { dimension in
                dimension["Name"] == wanted["Name"] && (wanted["Value"] == nil || dimension["Value"] == wanted["Value"])
            }
        }
    }
}
