import AWSCore
import JSON
import Telemetry

/// The rule that every account has; no others can be made here.
enum GetSamplingRules: RESTOperation {
    static let name = "GetSamplingRules"
    static let method = "POST"
    static let path = "/GetSamplingRules"

    static func run(
        _ request: ServiceRequest, parameters: [String: String], in context: XRayContext
    ) async throws(ServiceError) -> ServiceResponse {
        let arn = "arn:aws:xray:\(request.context.region):\(request.context.account):sampling-rule/Default"
        let rule: JSON = [
            "RuleName": "Default", "RuleARN": .string(arn), "ResourceARN": "*", "Priority": 10000,
            "FixedRate": 0.05, "ReservoirSize": 1, "ServiceName": "*", "ServiceType": "*", "Host": "*",
            "HTTPMethod": "*", "URLPath": "*", "Version": 1, "Attributes": .object(JSONObject()),
        ]
        return ServiceResponse([
            "SamplingRuleRecords": [["SamplingRule": rule, "CreatedAt": 0.0, "ModifiedAt": 0.0]]
        ])
    }
}

/// Everything is sampled: traces cost nothing here.
enum GetSamplingTargets: RESTOperation {
    static let name = "GetSamplingTargets"
    static let method = "POST"
    static let path = "/SamplingTargets"

    private static let mostDocuments = 25
    private static let interval = 10

    static func run(
        _ request: ServiceRequest, parameters: [String: String], in context: XRayContext
    ) async throws(ServiceError) -> ServiceResponse {
        let input = try Input(request)
        guard let documents = input.json["SamplingStatisticsDocuments"]?.array, documents.count <= mostDocuments else {
            throw .invalidRequest("SamplingStatisticsDocuments must be a list of at most \(mostDocuments)")
        }
        var targets: [JSON] = []
        var unprocessed: [JSON] = []
        for document in documents {
            guard let rule = document["RuleName"]?.string else {
                throw .invalidRequest("A statistics document needs a RuleName")
            }
            guard rule == "Default" else {
                unprocessed.append([
                    "RuleName": .string(rule), "ErrorCode": "400", "Message": "Unknown rule",
                ])
                continue
            }
            targets.append([
                "RuleName": "Default", "FixedRate": 1.0, "ReservoirQuota": 1000,
                "ReservoirQuotaTTL": .seconds(.now() + .seconds(Int64(interval))), "Interval": .int(interval),
            ])
        }
        return ServiceResponse([
            "SamplingTargetDocuments": .array(targets), "LastRuleModification": 0.0,
            "UnprocessedStatistics": .array(unprocessed),
        ])
    }
}

enum GetGroups: RESTOperation {
    static let name = "GetGroups"
    static let method = "POST"
    static let path = "/Groups"

    static func run(
        _ request: ServiceRequest, parameters: [String: String], in context: XRayContext
    ) async throws(ServiceError) -> ServiceResponse {
        let arn = "arn:aws:xray:\(request.context.region):\(request.context.account):group/Default"
        return ServiceResponse([
            "Groups": [
                [
                    "GroupName": "Default", "GroupARN": .string(arn), "FilterExpression": "",
                    "InsightsConfiguration": ["InsightsEnabled": false, "NotificationsEnabled": false],
                ]
            ]
        ])
    }
}
