import AWSCore
import JSON
import Telemetry

/// Usage plans, the keys in them, and what was used.
enum PlanOperations {
    static let routes: [ControlRoute] = [
        .control("CreateUsagePlan", "POST", "/usageplans", status: 201) { call throws(ServiceError) in
            var plan = try fields.read(call.input())
            _ = try plan.required("name")
            let id = Identifier.new(6)
            plan["id"] = .string(id)
            plan["apiStages"] = plan["apiStages"] ?? []
            try check(plan, call.apis)
            return try call.apis.change(.account, nil) { account throws(ServiceError) in
                account.set("usagePlans", id, .object(plan))
                return .object(plan)
            }
        },
        .control("GetUsagePlans", "GET", "/usageplans") { call throws(ServiceError) in
            let account = call.apis.account
            let key = call.request.query("keyId")
            let plans = account.part("usagePlans").filter { id, _ in
                key.map { account.part("usagePlanKeys", id)?.stringList.contains($0) ?? false } ?? true
            }
            return try Page.positioned(plans.map(\.1), call.request)
        },
        .control("GetUsagePlan", "GET", "/usageplans/{usageplanId}") { call throws(ServiceError) in
            guard let plan = call.apis.account.part("usagePlans", call["usageplanId"]) else { throw missing }
            return plan
        },
        .control("UpdateUsagePlan", "PATCH", "/usageplans/{usageplanId}") { call throws(ServiceError) in
            let patches = try Patch.read(call.input())
            guard var plan = call.apis.account.part("usagePlans", call["usageplanId"])?.object else { throw missing }
            for patch in patches { try apply(patch, to: &plan) }
            try check(plan, call.apis)
            return try call.apis.change(.account, nil) { account throws(ServiceError) in
                account.set("usagePlans", call["usageplanId"], .object(plan))
                return .object(plan)
            }
        },
        .control("DeleteUsagePlan", "DELETE", "/usageplans/{usageplanId}", status: 202) { call throws(ServiceError) in
            try call.apis.change(.account, nil) { account throws(ServiceError) in
                guard let plan = account.part("usagePlans", call["usageplanId"]) else { throw missing }
                guard (plan["apiStages"]?.array ?? []).isEmpty else {
                    throw .badRequest(
                        "Cannot delete Usage Plan \(call["usageplanId"]) because it has associated stages")
                }
                account.set("usagePlans", call["usageplanId"], nil)
                account.set("usagePlanKeys", call["usageplanId"], nil)
            }
            return .null
        },
        .control("CreateUsagePlanKey", "POST", "/usageplans/{usageplanId}/keys", status: 201) {
            call throws(ServiceError) in
            let id = try call.input().required("keyId")
            return try call.apis.change(.account, nil) { account throws(ServiceError) in
                guard account.part("usagePlans", call["usageplanId"]) != nil else { throw missing }
                guard let key = account.part("apiKeys", id) else { throw KeyOperations.missing }
                let keys = account.part("usagePlanKeys", call["usageplanId"])?.stringList ?? []
                guard !keys.contains(id) else {
                    throw .conflict("Usage Plan \(call["usageplanId"]) already has the key \(id)")
                }
                account.set("usagePlanKeys", call["usageplanId"], .array((keys + [id]).map(JSON.string)))
                return planKey(key)
            }
        },
        .control("GetUsagePlanKeys", "GET", "/usageplans/{usageplanId}/keys") { call throws(ServiceError) in
            let account = call.apis.account
            guard account.part("usagePlans", call["usageplanId"]) != nil else { throw missing }
            let keys = account.part("usagePlanKeys", call["usageplanId"])?.stringList ?? []
            let name = call.request.query("name") ?? ""
            let found = keys.compactMap { account.part("apiKeys", $0) }.filter {
                ($0["name"]?.string ?? "").hasPrefix(name)
            }
            return try Page.positioned(found.map { planKey($0) }, call.request)
        },
        .control("GetUsagePlanKey", "GET", "/usageplans/{usageplanId}/keys/{keyId}") { call throws(ServiceError) in
            let account = call.apis.account
            guard account.part("usagePlans", call["usageplanId"]) != nil else { throw missing }
            guard account.part("usagePlanKeys", call["usageplanId"])?.stringList.contains(call["keyId"]) == true,
                let key = account.part("apiKeys", call["keyId"])
            else { throw missingKey }
            return planKey(key)
        },
        .control(
            "DeleteUsagePlanKey", "DELETE", "/usageplans/{usageplanId}/keys/{keyId}", status: 202
        ) { call throws(ServiceError) in
            try call.apis.change(.account, nil) { account throws(ServiceError) in
                let keys = account.part("usagePlanKeys", call["usageplanId"])?.stringList ?? []
                guard keys.contains(call["keyId"]) else { throw missingKey }
                let rest = keys.filter { $0 != call["keyId"] }
                account.set("usagePlanKeys", call["usageplanId"], .array(rest.map(JSON.string)))
            }
            return .null
        },
        .control("GetUsage", "GET", "/usageplans/{usageplanId}/usage") { call throws(ServiceError) in try usage(call) },
        .control("UpdateUsage", "PATCH", "/usageplans/{usageplanId}/keys/{keyId}/usage") { call throws(ServiceError) in
            let patches = try Patch.read(call.input())
            guard let plan = call.apis.account.part("usagePlans", call["usageplanId"]),
                let quota = Quota(plan["quota"])
            else { throw .badRequest("Usage Plan \(call["usageplanId"]) has no quota") }
            let days = quota.days(at: call.gateway.now())
            let key = UsageCounter.Key(plan: call["usageplanId"], key: call["keyId"])
            for patch in patches {
                guard patch.path == ["remaining"], let remaining = patch.value.flatMap({ Int($0) }),
                    (0...1_000_000_000).contains(remaining)
                else { throw .badRequest("Only /remaining can be changed of a usage") }
                call.gateway.usage.setRemaining(remaining, of: quota.limit, key, days: days)
            }
            let used = call.gateway.usage.used(key, days: days)
            var answer: JSON = ["usagePlanId": .string(call["usageplanId"])]
            answer["startDate"] = .string(Quota.date(days.lowerBound))
            answer["endDate"] = .string(Quota.date(days.upperBound))
            answer["values"] = JSON.known([(call["keyId"], [[.int(used), .int(max(quota.limit - used, 0))]])])
            return answer
        },
    ]

    static let missing = ServiceError.notFound("Invalid Usage Plan ID specified")
    private static let missingKey = ServiceError.notFound("Invalid Usage Plan Key identifier specified")

    private static let fields = [
        Field("name"), Field("description"), Field("apiStages", .list), Field("throttle", .structure),
        Field("quota", .structure), Field("productCode"), Field("tags", .map),
    ]

    private static func planKey(_ key: JSON) -> JSON {
        .known([("id", key["id"]), ("type", "API_KEY"), ("value", key["value"]), ("name", key["name"])])
    }

    private static func check(_ plan: JSONObject, _ apis: APIs) throws(ServiceError) {
        for stage in plan["apiStages"]?.array ?? [] {
            let (id, name) = (stage["apiId"]?.string ?? "", stage["stage"]?.string ?? "")
            guard apis[id]?.part("stages", name) != nil else { throw .notFound("API Stage not found: \(id):\(name)") }
        }
        if let quota = plan["quota"] {
            guard Quota(quota) != nil else {
                throw .badRequest("Usage Plan quota has a limit of at least 1 and a period of DAY, WEEK or MONTH")
            }
        }
        guard let throttle = plan["throttle"] else { return }
        guard (throttle["rateLimit"]?.double ?? 0) >= 0, (throttle["burstLimit"]?.double ?? 0) >= 0 else {
            throw .badRequest("Usage Plan throttle rate limit and burst limit are not below 0")
        }
    }

    private static func apply(_ patch: Patch, to plan: inout JSONObject) throws(ServiceError) {
        guard patch.path.first == "apiStages" else {
            try patch.apply(to: &plan, known: ["name", "description", "throttle", "quota", "productCode"])
            return
        }
        let named = patch.path.count > 1 ? patch.path[1] : patch.value ?? ""
        let halves = named.split(separator: ":", maxSplits: 1).map(String.init)
        guard halves.count == 2 else {
            throw .badRequest("An API stage is named by the API's ID, a colon and the stage: \(named)")
        }
        var stages = plan["apiStages"]?.array ?? []
        let place = stages.firstIndex { $0["apiId"]?.string == halves[0] && $0["stage"]?.string == halves[1] }
        if patch.path.count > 2, let place {
            // throttle/PATH/METHOD/rateLimit
            guard patch.path.count == 6, patch.path[2] == "throttle", let number = patch.value.flatMap({ Double($0) })
            else {
                throw .badRequest("Invalid patch path /\(patch.path.joined(separator: "/"))")
            }
            var throttle = stages[place]["throttle"] ?? .object(JSONObject())
            var method = throttle["\(patch.path[3])/\(patch.path[4])"] ?? .object(JSONObject())
            method[patch.path[5]] = .double(number)
            throttle["\(patch.path[3])/\(patch.path[4])"] = method
            stages[place]["throttle"] = throttle
        } else if patch.operation == .remove {
            guard let place else { throw .notFound("API Stage not found: \(named)") }
            stages.remove(at: place)
        } else if place == nil {
            stages.append(["apiId": .string(halves[0]), "stage": .string(halves[1])])
        }
        plan["apiStages"] = .array(stages)
    }

    private static func usage(_ call: ControlCall) throws(ServiceError) -> JSON {
        let id = call["usageplanId"]
        guard let plan = call.apis.account.part("usagePlans", id) else { throw missing }
        let (start, end) = (call.request.query("startDate") ?? "", call.request.query("endDate") ?? "")
        guard let first = ISOTime.seconds(start).map({ Int64($0) / 86_400 }),
            let last = ISOTime.seconds(end).map({ Int64($0) / 86_400 }), first <= last, last - first <= 90
        else { throw .badRequest("Usage is asked for by startDate and endDate, YYYY-MM-DD, at most 90 days apart") }
        let quota = Quota(plan["quota"])
        var values = JSONObject()
        for key in call.gateway.usage.keys(of: id) where call.request.query("keyId").map({ $0 == key }) ?? true {
            let counted = UsageCounter.Key(plan: id, key: key)
            values[key] = .array(
                (first...last).map { day in
                    let used = call.gateway.usage.used(counted, day: day)
                    let soFar = quota.map { quota in
                        let begin = quota.begin(of: day)
                        return call.gateway.usage.used(counted, days: begin...day)
                    }
                    return [.int(used), .int(max((quota?.limit ?? 0) - (soFar ?? 0), 0))]
                })
        }
        return [
            "usagePlanId": .string(id), "startDate": .string(start), "endDate": .string(end), "values": .object(values),
        ]
    }
}

/// How many calls a period may have.
struct Quota: Sendable {
    let limit: Int
    private let period: String

    init?(_ json: JSON?) {
        guard let limit = json?["limit"]?.int, limit > 0, let period = json?["period"]?.string,
            ["DAY", "WEEK", "MONTH"].contains(period)
        else { return nil }
        self.limit = limit
        self.period = period
    }

    /// The days of the period that is now, up to today, counted since 1970.
    func days(at now: Timestamp) -> ClosedRange<Int64> {
        let today = now.seconds / 86_400
        return begin(of: today)...today
    }

    /// The first day of that day's period; weeks begin on Sunday.
    func begin(of day: Int64) -> Int64 {
        switch period {
        case "DAY": day
        // 1970-01-01 was a Thursday.
        case "WEEK": day - (day + 4) % 7
        default: day - (ISOTime.civil(day).2 - 1)
        }
    }

    static func date(_ day: Int64) -> String {
        let (year, month, day) = ISOTime.civil(day)
        return "\(ISOTime.padded(year, 4))-\(ISOTime.padded(month, 2))-\(ISOTime.padded(day, 2))"
    }
}
