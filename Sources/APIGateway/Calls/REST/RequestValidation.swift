import AWSCore
import JSON
import Telemetry

/// What a request validator finds.
enum RequestValidation {
    /// - Returns: `nil` when all parameters are there.
    static func parameters(_ context: RESTContext) -> String? {
        let missing = context.method.requiredParameters.filter { parameter in
            (context.value("method.request.\(parameter)") ?? "").isEmpty
        }
        guard !missing.isEmpty else { return nil }
        let names = missing.map { $0.split(separator: ".", maxSplits: 1).last.map(String.init) ?? $0 }
        return "Missing required request parameters: [\(names.sorted().joined(separator: ", "))]"
    }

    /// - Returns: `nil` when the body fits the model of its content type.
    static func body(_ context: RESTContext) -> String? {
        let request = context.incoming.request
        let type = (request.headers["Content-Type"] ?? "application/json").prefix { $0 != ";" }.lowercased()
        guard let schema = context.method.schemas[type] ?? context.method.schemas["$default"] else { return nil }
        guard let json = try? JSON(parsing: request.body) else { return "it is no JSON" }
        return schema.problem(of: json)
    }
}

/// API keys and usage plans.
struct KeyCheck {
    let gateway: Gateway
    let apiID: String
    let stage: String

    enum Verdict {
        case admitted(id: String, name: String)
        case refused(GatewayResponse, reason: String)
    }

    /// - Parameter method: `/pets/GET`
    func admit(_ value: String?, method: String) -> Verdict {
        guard let value, !value.isEmpty else { return .refused(.invalidKey, reason: "the request has no API key") }
        let account = gateway.apis.account
        guard let (id, key) = account.part("apiKeys").first(where: { $0.1["value"]?.string == value }) else {
            return .refused(.invalidKey, reason: "there is no such API key")
        }
        guard key["enabled"]?.bool == true else { return .refused(.invalidKey, reason: "the API key is disabled") }
        let plans = account.part("usagePlans").filter { plan, _ in
            account.part("usagePlanKeys", plan)?.stringList.contains(id) ?? false
        }
        for (plan, json) in plans {
            let entry = (json["apiStages"]?.array ?? []).first {
                $0["apiId"]?.string == apiID && $0["stage"]?.string == stage
            }
            guard let entry else { continue }
            return admit(id, key["name"]?.string ?? id, plan, json, entry["throttle"]?[method])
        }
        return .refused(.invalidKey, reason: "the API key is in no usage plan of this stage")
    }

    private func admit(_ id: String, _ name: String, _ plan: String, _ json: JSON, _ ofMethod: JSON?) -> Verdict {
        let now = gateway.now()
        if let throttle = ofMethod ?? json["throttle"], let rate = throttle["rateLimit"]?.double {
            let limit = ThrottleLimit(rate: rate, burst: throttle["burstLimit"]?.double ?? max(rate, 1))
            let bucket = "plan/\(plan)/\(id)\(ofMethod == nil ? "" : "/\(apiID)/\(stage)")"
            guard gateway.throttles.admit(bucket, limit, at: now) else {
                return .refused(.throttled, reason: "the throttle of the usage plan \(plan) is reached")
            }
        }
        let quota = Quota(json["quota"])
        let today = now.seconds / 86_400
        let days = quota?.days(at: now) ?? today...today
        guard gateway.usage.admit(UsageCounter.Key(plan: plan, key: id), quota: quota?.limit, days: days) else {
            return .refused(.quotaExceeded, reason: "the quota of the usage plan \(plan) is used up")
        }
        return .admitted(id: id, name: name)
    }
}
