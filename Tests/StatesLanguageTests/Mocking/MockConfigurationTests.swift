import JSON
import StatesLanguage
import Testing

struct MockConfigurationTests {
    static let file = """
        {"StateMachines": {"bakery": {"TestCases": {
            "oven-cold": {"Bake": "ColdOven", "Deliver": "Delivered"},
            "no-courier": {"Deliver": "Nobody"}}}},
         "MockedResponses": {
            "ColdOven": {
                "0": {"Throw": {"Error": "Oven.Cold", "Cause": "180 degrees needed"}},
                "1-2": {"Throw": {"Error": "Oven.Warming"}},
                "3": {"Return": {"loaves": 12}}},
            "Delivered": {"0-9": {"Return": "done"}},
            "Nobody": {"0": {"Throw": {"Error": "Courier.Missing", "Cause": "holiday"}}}}}
        """

    @Test(arguments: [
        ("oven-cold", "Bake", 0, MockAnswer.throw(error: "Oven.Cold", cause: "180 degrees needed")),
        ("oven-cold", "Bake", 1, .throw(error: "Oven.Warming", cause: "")),
        ("oven-cold", "Bake", 2, .throw(error: "Oven.Warming", cause: "")),
        ("oven-cold", "Bake", 3, .return(["loaves": 12])),
        ("oven-cold", "Deliver", 7, .return("done")),
        ("no-courier", "Deliver", 0, .throw(error: "Courier.Missing", cause: "holiday")),
    ])
    func `each attempt has its answer`(testCase: String, state: String, retryCount: Int, answer: MockAnswer) throws {
        let mocks = try MockConfiguration(parsing: Self.file.utf8)
        #expect(mocks.answer(machine: "bakery", testCase: testCase, state: state, retryCount: retryCount) == answer)
    }

    @Test func `what is not mocked is left to its service`() throws {
        let mocks = try MockConfiguration(parsing: Self.file.utf8)
        #expect(mocks.answer(machine: "bakery", testCase: "no-courier", state: "Bake", retryCount: 0) == nil)
        #expect(mocks.answer(machine: "mill", testCase: "no-courier", state: "Deliver", retryCount: 0) == nil)
        #expect(mocks.testCases(ofMachine: "bakery") == ["no-courier", "oven-cold"])
        #expect(mocks.has(testCase: "oven-cold", ofMachine: "bakery"))
        #expect(!mocks.has(testCase: "oven-hot", ofMachine: "bakery"))
    }

    @Test func `an attempt without an answer fails with what to add`() throws {
        let mocks = try MockConfiguration(parsing: Self.file.utf8)
        guard
            case .throw(_, let cause)? = mocks.answer(
                machine: "bakery", testCase: "oven-cold", state: "Bake", retryCount: 4)
        else {
            Issue.record("no answer")
            return
        }
        #expect(cause.contains(#"add "4" to MockedResponses.ColdOven"#))
    }

    @Test(arguments: [
        ("[]", "", "must be an object with StateMachines"),
        ("{", "", "not JSON"),
        (#"{"StateMachines": {"a": {}}}"#, "StateMachines.a", "TestCases is missing"),
        (
            #"{"StateMachines": {"a": {"TestCases": {"t": {"S": "R"}}}}}"#, "StateMachines.a.TestCases.t.S",
            "no response 'R'"
        ),
        (#"{"StateMachines": {"a": {"TestCases": {"t": {"S": 1}}}}}"#, "StateMachines.a.TestCases.t.S", "not 1"),
        (#"{"MockedResponses": {"R": {}}}"#, "MockedResponses.R", "no answers"),
        (#"{"MockedResponses": {"R": {"x": {"Return": 1}}}}"#, #"MockedResponses.R."x""#, "retry count"),
        (#"{"MockedResponses": {"R": {"2-1": {"Return": 1}}}}"#, #"MockedResponses.R."2-1""#, "retry count"),
        (
            #"{"MockedResponses": {"R": {"0-2": {"Return": 1}, "2": {"Return": 2}}}}"#, #"MockedResponses.R."2""#,
            "retry 2 has two"
        ),
        (#"{"MockedResponses": {"R": {"0": {}}}}"#, #"MockedResponses.R."0""#, "either Return or Throw"),
        (#"{"MockedResponses": {"R": {"0": {"Return": 1, "Throw": {}}}}}"#, #"MockedResponses.R."0""#, "either"),
        (#"{"MockedResponses": {"R": {"0": {"Throw": {}}}}}"#, #"MockedResponses.R."0".Throw"#, "Error is missing"),
    ])
    func `a wrong file names the member and the remedy`(text: String, member: String, problem: String) {
        let error = #expect(throws: MockConfigurationError.self) { try MockConfiguration(parsing: text.utf8) }
        #expect(error?.member == member)
        #expect(error?.problem.contains(problem) == true)
    }
}
