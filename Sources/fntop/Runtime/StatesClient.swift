import JSON
import Telemetry

/// Calls the Step Functions API of an endpoint.
struct StatesClient {
    let endpoint: EndpointClient

    init(_ options: EndpointOptions) throws {
        endpoint = EndpointClient(try options.address())
    }

    /// - Throws: ``Failure`` with the service's error and message.
    func call(_ operation: String, _ input: JSON) async throws -> JSON {
        try await endpoint.call(.states, operation, input)
    }

    /// The items of all pages, or the first ones.
    func all(_ operation: String, _ input: JSON, items member: String, limit: Int = .max) async throws -> [JSON] {
        var items: [JSON] = []
        var input = input
        input["maxResults"] = .int(min(limit, 1000))
        while true {
            let page = try await call(operation, input)
            items += page[member]?.array ?? []
            guard items.count < limit, let token = page["nextToken"], token.string != nil else {
                return Array(items.prefix(limit))
            }
            input["nextToken"] = token
        }
    }

    func machines() async throws -> [JSON] {
        try await all("ListStateMachines", .object(JSONObject()), items: "stateMachines")
    }

    /// - Parameter machine: a name or an ARN.
    func machineARN(_ machine: String) async throws -> String {
        guard !machine.hasPrefix("arn:") else { return machine }
        let all = try await machines()
        if let arn = all.first(where: { $0["name"]?.string == machine })?["stateMachineArn"]?.string { return arn }
        let names = all.compactMap { $0["name"]?.string }
        throw Failure(
            "There is no state machine \(machine)"
                + (names.isEmpty ? "; there are none." : "; there are: \(names.joined(separator: ", "))."))
    }

    /// - Parameter execution: an ARN, or a name; of several with the same name the newest.
    func executionARN(_ execution: String) async throws -> String {
        guard !execution.hasPrefix("arn:") else { return execution }
        var newest: (arn: String, started: Double)?
        for item in try await executions(of: nil, status: nil, limit: .max) where item["name"]?.string == execution {
            let started = item["startDate"]?.double ?? 0
            guard let arn = item["executionArn"]?.string, started > newest?.started ?? -1 else { continue }
            newest = (arn, started)
        }
        guard let newest else { throw Failure("There is no execution \(execution).") }
        return newest.arn
    }

    /// The newest first; of all machines that keep their executions when no one is named.
    func executions(of machine: String?, status: String?, limit: Int) async throws -> [JSON] {
        var arns: [String] = []
        if let machine {
            arns = [try await machineARN(machine)]
        } else {
            arns = try await machines().filter { $0["type"]?.string != "EXPRESS" }
                .compactMap { $0["stateMachineArn"]?.string }
        }
        var items: [JSON] = []
        for arn in arns {
            var input: JSON = ["stateMachineArn": .string(arn)]
            if let status { input["statusFilter"] = .string(status) }
            items += try await all("ListExecutions", input, items: "executions", limit: limit)
        }
        return Array(items.sorted { ($0["startDate"]?.double ?? 0) > ($1["startDate"]?.double ?? 0) }.prefix(limit))
    }

    func history(_ arn: String) async throws -> [JSON] {
        try await all("GetExecutionHistory", ["executionArn": .string(arn)], items: "events")
    }
}

extension HistoryEvent {
    /// - Parameter json: an event as `GetExecutionHistory` gives it.
    init(awsJSON json: JSON) {
        let details = json.object?.first { key, _ in key.hasSuffix("EventDetails") }?.1.object
        self.init(
            id: json["id"]?.int ?? 0, previousID: json["previousEventId"]?.int ?? 0,
            time: Timestamp(awsSeconds: json["timestamp"]), type: json["type"]?.string ?? "", details: details)
    }
}

extension Timestamp {
    /// - Parameter json: seconds since 1970, with decimals.
    init(awsSeconds json: JSON?) {
        let seconds = json?.double ?? 0
        self.init(microseconds: Int64(exactly: (seconds * 1_000_000).rounded()) ?? 0)
    }
}
