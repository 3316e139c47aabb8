import AWSCore
import JSON

/// Tags of APIs, stages, keys and plans: both generations share the paths, not the methods.
enum TagOperations {
    static let http: [ControlRoute] = [
        .control("GetTags", "GET", "/v2/tags/{resource-arn+}") { call throws(ServiceError) in
            ["tags": try tags(call, call["resource-arn"])]
        },
        .control("TagResource", "POST", "/v2/tags/{resource-arn+}", status: 201) { call throws(ServiceError) in
            let added = try call.input()["tags"]?.object ?? JSONObject()
            try change(call, call["resource-arn"]) { $0 = $0.merging(added) }
            return .object(JSONObject())
        },
        .control("UntagResource", "DELETE", "/v2/tags/{resource-arn+}", status: 204) { call throws(ServiceError) in
            try untag(call, call["resource-arn"])
        },
    ]

    static let rest: [ControlRoute] = [
        .control("GetTags", "GET", "/tags/{resource_arn+}") { call throws(ServiceError) in
            ["tags": try tags(call, call["resource_arn"])]
        },
        .control("TagResource", "PUT", "/tags/{resource_arn+}", status: 204) { call throws(ServiceError) in
            let added = try call.input()["tags"]?.object ?? JSONObject()
            try change(call, call["resource_arn"]) { $0 = $0.merging(added) }
            return .null
        },
        .control("UntagResource", "DELETE", "/tags/{resource_arn+}", status: 204) { call throws(ServiceError) in
            try untag(call, call["resource_arn"])
        },
    ]

    private static func untag(_ call: ControlCall, _ arn: String) throws(ServiceError) -> JSON {
        let names = call.request.query.filter { $0.name == "tagKeys" }.map(\.value)
        try change(call, arn) { tags in for name in names { tags[name] = nil } }
        return .null
    }

    /// What an ARN names: `arn:aws:apigateway:REGION::/apis/ID/stages/NAME`.
    private struct Place {
        var kind: Document.Kind
        var document: String
        var part: String?
        var id = ""
    }

    private static func place(_ arn: String) throws(ServiceError) -> Place {
        let parts = (ARN(arn)?.resource ?? "").split(separator: "/").map(String.init)
        let kinds = ["apikeys": "apiKeys", "usageplans": "usagePlans"]
        switch (parts.first ?? "", parts.count) {
        case ("apis", 2): return Place(kind: .http, document: parts[1])
        case ("restapis", 2): return Place(kind: .rest, document: parts[1])
        case ("apis", 4) where parts[2] == "stages":
            return Place(kind: .http, document: parts[1], part: "stages", id: parts[3])
        case ("restapis", 4) where parts[2] == "stages":
            return Place(kind: .rest, document: parts[1], part: "stages", id: parts[3])
        case (let kind, 2) where kinds[kind] != nil:
            return Place(kind: .account, document: APIs.accountID, part: kinds[kind], id: parts[1])
        default: throw .badRequest("Invalid ARN specified in the request: \(arn)")
        }
    }

    private static func tags(_ call: ControlCall, _ arn: String) throws(ServiceError) -> JSON {
        let place = try place(arn)
        let document = place.kind == .account ? call.apis.account : try call.apis.find(place.kind, place.document)
        guard let part = place.part else { return document.members["tags"] ?? .object(JSONObject()) }
        guard let found = document.part(part, place.id) else {
            throw .notFound("Invalid resource identifier specified: \(arn)")
        }
        return found["tags"] ?? .object(JSONObject())
    }

    private static func change(
        _ call: ControlCall, _ arn: String, _ change: (inout JSONObject) -> Void
    ) throws(ServiceError) {
        let place = try place(arn)
        try call.apis.change(place.kind, place.document) { document throws(ServiceError) in
            guard let part = place.part else {
                var tags = document.members["tags"]?.object ?? JSONObject()
                change(&tags)
                guard tags.count <= 50 else { throw .badRequest("A resource has at most 50 tags") }
                document.members["tags"] = .object(tags)
                return
            }
            guard var found = document.part(part, place.id) else {
                throw .notFound("Invalid resource identifier specified: \(arn)")
            }
            var tags = found["tags"]?.object ?? JSONObject()
            change(&tags)
            guard tags.count <= 50 else { throw .badRequest("A resource has at most 50 tags") }
            found["tags"] = .object(tags)
            document.set(part, place.id, found)
        }
    }
}
