import JSON
import StatesLanguage
import Telemetry
import Testing

@Suite struct InspectionTests {
    private func inspect(
        _ state: String, _ input: JSON, _ told: InspectionSubject.Told = .nothing, variables: [String: JSON] = [:]
    ) throws -> StateInspection {
        let definition = StateMachineDefinition(
            try JSON(parsing: machine("\"A\":\(state),\"B\":{\"Type\":\"Succeed\"}")))
        return StateInspection(
            InspectionSubject(
                state: try #require(definition.states.first), input: input, variables: variables, told: told,
                now: FakeWorld.start))
    }

    @Test func aTaskShowsEveryStep() throws {
        let found = try inspect(
            #"{"Type":"Task","Resource":"arn:aws:states:::s:do","InputPath":"$.in","Parameters":{"p.$":"$.x"},"ResultSelector":{"s.$":"$.r"},"ResultPath":"$.out","OutputPath":"$.out","Assign":{"v.$":"$.s"},"Next":"B"}"#,
            ["in": ["x": 1]], .result(["r": 2]))
        let expected: [(StateInspection.Step.Kind, JSON)] = [
            (.input, ["in": ["x": 1]]), (.afterInputPath, ["x": 1]), (.afterParameters, ["p": 1]), (.result, ["r": 2]),
            (.afterResultSelector, ["s": 2]), (.afterResultPath, ["in": ["x": 1], "out": ["s": 2]]),
            (.assigned, ["v": 2]), (.output, ["s": 2]),
        ]
        #expect(found.steps.map(\.kind) == expected.map(\.0))
        #expect(found.steps.map(\.value) == expected.map(\.1))
        #expect(found.next == "B")
    }

    @Test func withoutAnAnswerItEndsAtTheArguments() throws {
        let found = try inspect(#"{"Type":"Task","Resource":"arn:aws:states:::s:do","Next":"B"}"#, ["x": 1])
        #expect(found.steps.map(\.kind) == [.input, .afterInputPath, .afterParameters])
        #expect(found.failure == nil)
    }

    @Test func aFailureIsCaughtOrRetried() throws {
        let state =
            #"{"Type":"Task","Resource":"arn:aws:states:::s:do","Retry":[{"ErrorEquals":["R"],"IntervalSeconds":4}],"Catch":[{"ErrorEquals":["C"],"ResultPath":"$.e","Next":"B"}],"End":true}"#
        let retried = try inspect(state, [:], .failure(TaskFailure("R")))
        #expect(retried.handling == .retried(index: 0, pause: .seconds(4)))
        let caught = try inspect(state, ["a": 1], .failure(TaskFailure("C", "why")))
        #expect(caught.handling == .caught(index: 0))
        #expect(caught.next == "B")
        #expect(caught.output == ["a": 1, "e": ["Error": "C", "Cause": "why"]])
    }

    @Test func aMapShowsItemsAndWhatTheSelectorMakesOfThem() throws {
        let found = try inspect(
            #"{"Type":"Map","ItemsPath":"$.l","ItemSelector":{"v.$":"$$.Map.Item.Value","n.$":"$n"},"ItemProcessor":{"StartAt":"X","States":{"X":{"Type":"Pass","End":true}}},"End":true}"#,
            ["l": [1, 2]], variables: ["n": 3])
        #expect(found[.afterItemsPath] == [1, 2])
        #expect(found[.afterItemSelector] == [["v": 1, "n": 3], ["v": 2, "n": 3]])
    }

    @Test func aFailureEndsTheSteps() throws {
        let found = try inspect(#"{"Type":"Pass","Parameters":{"x.$":"$.no"},"End":true}"#, ["y": 1])
        #expect(found.steps.map(\.kind) == [.input, .afterInputPath])
        #expect(
            found.failure?.cause(of: "A", enteredID: 2)
                == "An error occurred while executing the state 'A' (entered at the event id #2). The JSONPath '$.no' specified for the field 'x.$' could not be found in the input '{\"y\":1}'"
        )
    }
}
