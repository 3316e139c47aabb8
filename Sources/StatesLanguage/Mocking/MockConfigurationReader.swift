import JSON

/// Reads a file of mocks and names what is wrong in it.
struct MockConfigurationReader {
    typealias Machines = [String: [String: [String: String]]]

    func read(_ file: JSON) throws(MockConfigurationError) -> (Machines, [String: MockResponse]) {
        let file = try object(file, "", or: "The file must be an object with StateMachines and MockedResponses")
        let responses = try responses(file["MockedResponses"] ?? [:])
        return (try machines(file["StateMachines"] ?? [:], responses: responses), responses)
    }

    private func machines(_ members: JSON, responses: [String: MockResponse]) throws(MockConfigurationError) -> Machines
    {
        var machines: Machines = [:]
        for (machine, value) in try object(members, "StateMachines") {
            let place = "StateMachines.\(machine)"
            let cases = try object(value, place)["TestCases"]
            guard let cases else { throw problem(place, "TestCases is missing: add {\"TestCases\": {\"Name\": {…}}}") }
            for (name, states) in try object(cases, "\(place).TestCases") {
                machines[machine, default: [:]][name] = try testCase(states, "\(place).TestCases.\(name)", responses)
            }
        }
        return machines
    }

    private func testCase(
        _ states: JSON, _ place: String, _ responses: [String: MockResponse]
    ) throws(MockConfigurationError) -> [String: String] {
        var names: [String: String] = [:]
        for (state, value) in try object(states, place) {
            guard let name = value.string else {
                throw problem("\(place).\(state)", "must be the name of one of the MockedResponses, not \(value.text)")
            }
            guard responses[name] != nil else {
                throw problem("\(place).\(state)", "there is no response '\(name)': add it to MockedResponses")
            }
            names[state] = name
        }
        return names
    }

    private func responses(_ members: JSON) throws(MockConfigurationError) -> [String: MockResponse] {
        var responses: [String: MockResponse] = [:]
        for (name, value) in try object(members, "MockedResponses") {
            responses[name] = try response(value, "MockedResponses.\(name)")
        }
        return responses
    }

    private func response(_ value: JSON, _ place: String) throws(MockConfigurationError) -> MockResponse {
        var entries: [MockResponse.Entry] = []
        for (key, value) in try object(value, place) {
            let place = "\(place).\"\(key)\""
            guard let attempts = Self.attempts(key) else {
                throw problem(place, "must be a retry count like \"0\" or a range like \"1-2\"")
            }
            if let other = entries.first(where: { $0.attempts.overlaps(attempts) }) {
                throw problem(
                    place, "retry \(max(attempts.lowerBound, other.attempts.lowerBound)) has two answers: leave one out"
                )
            }
            entries.append(MockResponse.Entry(attempts: attempts, answer: try answer(value, place)))
        }
        guard !entries.isEmpty else { throw problem(place, "has no answers: add {\"0\": {\"Return\": …}}") }
        return MockResponse(answers: entries.sorted { $0.attempts.lowerBound < $1.attempts.lowerBound })
    }

    private static func attempts(_ key: String) -> ClosedRange<Int>? {
        let parts = key.split(separator: "-", omittingEmptySubsequences: false)
        guard let first = parts.first.flatMap({ Int($0) }), first >= 0 else { return nil }
        if parts.count == 1 { return first...first }
        guard parts.count == 2, let last = Int(parts[1]), last >= first else { return nil }
        return first...last
    }

    private func answer(_ value: JSON, _ place: String) throws(MockConfigurationError) -> MockAnswer {
        let members = try object(value, place)
        switch (members["Return"], members["Throw"]) {
        case (let output?, nil): return .return(output)
        case (nil, let failure?): return try failed(failure, "\(place).Throw")
        default: throw problem(place, "must have either Return or Throw")
        }
    }

    private func failed(_ value: JSON, _ place: String) throws(MockConfigurationError) -> MockAnswer {
        let members = try object(value, place)
        guard let error = members["Error"]?.string else {
            throw problem(place, "Error is missing: add the name of the error that the task throws")
        }
        guard let cause = (members["Cause"] ?? "").string else { throw problem("\(place).Cause", "must be a string") }
        return .throw(error: error, cause: cause)
    }

    private func object(
        _ value: JSON, _ place: String, or text: String = "must be an object"
    ) throws(MockConfigurationError) -> JSONObject {
        guard let object = value.object else { throw problem(place, text) }
        return object
    }

    private func problem(_ place: String, _ text: String) -> MockConfigurationError {
        MockConfigurationError(member: place, problem: text)
    }
}
