import Telemetry

/// A metric of `AWS/ApiGateway`.
///
/// - SeeAlso: API Gateway Developer Guide, "Amazon API Gateway dimensions and metrics" and, for HTTP APIs, "Working
///   with metrics for HTTP APIs".
struct APIMetric {
    let name: String
    let unit: String
    let value: @Sendable (APIRequest) -> Double

    static let namespace = "AWS/ApiGateway"

    static func all(_ kind: String) -> [APIMetric] { kind == "REST" ? rest : http }

    private static let rest =
        [
            APIMetric(name: "4XXError", unit: "Count", value: isClientError),
            APIMetric(name: "5XXError", unit: "Count", value: isServerError),
        ] + common

    private static let http =
        [
            APIMetric(name: "4xx", unit: "Count", value: isClientError),
            APIMetric(name: "5xx", unit: "Count", value: isServerError),
            APIMetric(name: "DataProcessed", unit: "Bytes") {
                Double($0.request.body.totalCount) + Double($0.response.body.totalCount)
            },
        ] + common

    private static let common = [
        APIMetric(name: "Count", unit: "Count") { _ in 1 },
        APIMetric(name: "Latency", unit: "Milliseconds") { $0.latency.milliseconds },
        APIMetric(name: "IntegrationLatency", unit: "Milliseconds") { $0.integrationLatency.milliseconds },
    ]

    /// The average is the error rate, so there is a value for each request.
    private static let isClientError: @Sendable (APIRequest) -> Double = { (400..<500).contains($0.status) ? 1 : 0 }
    private static let isServerError: @Sendable (APIRequest) -> Double = { $0.status >= 500 ? 1 : 0 }

    /// Of the API, of its stage, and of the method and resource: REST APIs go by their name, HTTP APIs by their id.
    static func dimensions(_ request: APIRequest) -> [[CustomMetric.Dimension]] {
        let api =
            request.kind == "REST"
            ? CustomMetric.Dimension(name: "ApiName", value: request.api)
            : CustomMetric.Dimension(name: "ApiId", value: request.apiID)
        let stage = CustomMetric.Dimension(name: "Stage", value: request.stage)
        guard !request.stage.isEmpty else { return [[api]] }
        let parts = request.route.split(separator: " ", maxSplits: 1)
        guard let first = parts.first else { return [[api], [api, stage]] }
        let method = CustomMetric.Dimension(name: "Method", value: parts.count == 2 ? String(first) : request.method)
        let resource = CustomMetric.Dimension(name: "Resource", value: String(parts[parts.count - 1]))
        return [[api], [api, stage], [api, stage, method, resource]]
    }
}
