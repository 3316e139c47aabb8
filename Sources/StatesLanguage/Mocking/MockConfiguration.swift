package import JSON

/// Answers that tasks get instead of their services, in the file format of Step Functions Local:
/// `{"StateMachines": {MACHINE: {"TestCases": {CASE: {STATE: RESPONSE}}}}, "MockedResponses": {RESPONSE: {"0": …, "1-2": …}}}`.
package struct MockConfiguration: Hashable, Sendable {
    /// By machine, test case and state: the name of a response.
    private let machines: [String: [String: [String: String]]]
    private let responses: [String: MockResponse]

    /// - Throws: ``MockConfigurationError`` that names the member that is wrong.
    package init(_ file: JSON) throws(MockConfigurationError) {
        let reader = MockConfigurationReader()
        (machines, responses) = try reader.read(file)
    }

    /// - Parameter text: of the file.
    package init(parsing text: some Sequence<UInt8>) throws(MockConfigurationError) {
        let file: JSON
        do { file = try JSON(parsing: text) } catch {
            throw MockConfigurationError(member: "", problem: "The file is not JSON: \(error)")
        }
        try self.init(file)
    }

    package func has(testCase: String, ofMachine machine: String) -> Bool { machines[machine]?[testCase] != nil }

    /// The names of the test cases, sorted.
    package func testCases(ofMachine machine: String) -> [String] {
        (machines[machine]?.keys).map { $0.sorted() } ?? []
    }

    /// - Parameter retryCount: 0 for the first attempt of the state.
    /// - Returns: `nil` where the test case leaves the state to its service.
    package func answer(machine: String, testCase: String, state: String, retryCount: Int) -> MockAnswer? {
        guard let name = machines[machine]?[testCase]?[state] else { return nil }
        if let answer = responses[name]?.answer(retryCount: retryCount) { return answer }
        return .throw(
            error: "States.Runtime",
            cause: "The mocked response '\(name)' of the state '\(state)' has nothing for retry \(retryCount): "
                + "add \"\(retryCount)\" to MockedResponses.\(name)")
    }
}

/// What a mocked task gets.
package enum MockAnswer: Hashable, Sendable {
    case `return`(JSON)
    case `throw`(error: String, cause: String)
}

/// A member of the file is wrong; says what to do.
package struct MockConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// `MockedResponses.Paid."1-2"`; empty for the whole file.
    package var member: String
    package var problem: String

    package var description: String { member.isEmpty ? problem : "\(member): \(problem)" }
}
