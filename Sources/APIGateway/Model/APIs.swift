import AWSCore

/// All APIs of the endpoint.
actor APIs {
    private(set) var all: [String: API] = [:]

    private static let most = 600

    func add(_ api: API) throws(ServiceError) {
        guard all.count < Self.most else {
            throw ServiceError("TooManyRequestsException", "Too many APIs: the limit is \(Self.most)", status: 429)
        }
        all[api.id] = api
    }

    func find(_ id: String?) throws(ServiceError) -> API {
        guard let id, let api = all[id] else {
            throw ServiceError(
                "NotFoundException", "Invalid API identifier specified \(ARN.defaultAccount):\(id ?? "")", status: 404)
        }
        return api
    }

    func remove(_ id: String?) throws(ServiceError) {
        all[try find(id).id] = nil
    }

    /// Changes an API in one step and gives what the change gave.
    func change<Result: Sendable>(
        _ id: String?, _ change: @Sendable (inout API) throws(ServiceError) -> Result
    ) throws(ServiceError) -> Result {
        var api = try find(id)
        let result = try change(&api)
        all[api.id] = api
        return result
    }
}

/// Ten lower-case letters and digits, as API Gateway names APIs; seven for what is in them.
enum Identifier {
    static func new(_ count: Int) -> String {
        String((0..<count).map { _ in "abcdefghijklmnopqrstuvwxyz0123456789".randomElement() ?? "a" })
    }
}
