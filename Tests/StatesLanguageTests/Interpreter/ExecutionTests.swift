import JSON
import StatesLanguage
import Telemetry
import Testing

@Suite struct ExecutionTests {
    struct Run: CustomTestStringConvertible {
        var name: String
        var states: String
        var input: JSON = [:]
        var answers: [String: [FakeWorld.Answer]] = [:]
        var output: JSON?
        var error: String?
        var cause: String?
        var testDescription: String { name }
    }

    static let runs: [Run] = [
        Run(
            name: "a Pass gives its Result at its ResultPath",
            states: #""A":{"Type":"Pass","Result":{"x":1},"ResultPath":"$.r","End":true}"#, input: ["a": 2],
            output: ["a": 2, "r": ["x": 1]]),
        Run(
            name: "paths narrow and widen what a Pass sees",
            states:
                #""A":{"Type":"Pass","InputPath":"$.in","Parameters":{"y.$":"$.x","c.$":"$$.State.Name"},"OutputPath":"$.y","End":true}"#,
            input: ["in": ["x": [1, 2]]], output: [1, 2]),
        Run(
            name: "variables are there for the states after",
            states:
                #""A":{"Type":"Pass","Assign":{"v.$":"$.x"},"Next":"B"},"B":{"Type":"Pass","Parameters":{"o.$":"$v"},"End":true}"#,
            input: ["x": 7], output: ["o": 7]),
        Run(
            name: "an assignment sees the values from before",
            states:
                #""A":{"Type":"Pass","Assign":{"v":1},"Next":"B"},"B":{"Type":"Pass","Assign":{"v":2,"w.$":"$v"},"Next":"C"},"C":{"Type":"Pass","Parameters":{"v.$":"$v","w.$":"$w"},"End":true}"#,
            output: ["v": 2, "w": 1]),
        Run(
            name: "a Choice takes the first rule that matches",
            states:
                #""A":{"Type":"Choice","Choices":[{"Variable":"$.n","NumericGreaterThan":10,"Next":"B"},{"Variable":"$.n","NumericGreaterThan":1,"Next":"C"}],"Default":"B"},"B":{"Type":"Fail"},"C":{"Type":"Succeed"}"#,
            input: ["n": 5], output: ["n": 5]),
        Run(
            name: "a Choice without a match fails",
            states:
                #""A":{"Type":"Choice","Choices":[{"Variable":"$.n","NumericEquals":1,"Next":"B"}]},"B":{"Type":"Succeed"}"#,
            input: ["n": 5], error: "States.Runtime"),
        Run(
            name: "a value that nests deeper with each turn of a loop ends the execution",
            states:
                #""A":{"Type":"Pass","Parameters":{"a.$":"$"},"Next":"B"},"B":{"Type":"Choice","Choices":[{"Variable":"$.a","IsPresent":true,"Next":"A"}]}"#,
            input: [:], error: "States.Runtime",
            cause:
                "An error occurred while executing the state 'A' (entered at the event id #2046). The state/task 'A' gave a value that is nested deeper than 512 levels."
        ),
        Run(
            name: "a Fail state takes error and cause from paths",
            states: #""A":{"Type":"Fail","ErrorPath":"$.e","CausePath":"States.Format('because {}', $.e)"}"#,
            input: ["e": "Broken"], error: "Broken", cause: "because Broken"),
        Run(
            name: "a Lambda task gives what the function gave",
            states:
                #""A":{"Type":"Task","Resource":"arn:aws:lambda:eu-west-1:0:function:f","ResultPath":"$.r","End":true}"#,
            input: ["a": 1], answers: ["arn:aws:lambda:eu-west-1:0:function:f": [.output("ok")]],
            output: ["a": 1, "r": "ok"]),
        Run(
            name: "a ResultSelector picks from the result",
            states:
                #""A":{"Type":"Task","Resource":"arn:aws:states:::s:do","ResultSelector":{"p.$":"$.deep.x"},"End":true}"#,
            answers: ["s:do": [.output(["deep": ["x": 3]])]], output: ["p": 3]),
        Run(
            name: "a Parallel gathers its branches in order",
            states:
                #""A":{"Type":"Parallel","Branches":[{"StartAt":"X","States":{"X":{"Type":"Wait","Seconds":5,"Next":"Y"},"Y":{"Type":"Pass","Result":1,"End":true}}},{"StartAt":"Z","States":{"Z":{"Type":"Pass","Result":2,"End":true}}}],"End":true}"#,
            output: [1, 2]),
        Run(
            name: "a Map runs over its items with a selector",
            states:
                #""A":{"Type":"Map","ItemsPath":"$.l","ItemSelector":{"i.$":"$$.Map.Item.Index","v.$":"$$.Map.Item.Value","k.$":"$.k"},"ItemProcessor":{"StartAt":"X","States":{"X":{"Type":"Pass","End":true}}},"ResultPath":"$.o","End":true}"#,
            input: ["l": ["a", "b"], "k": 9],
            output: [
                "l": ["a", "b"], "k": 9, "o": [["i": 0, "v": "a", "k": 9], ["i": 1, "v": "b", "k": 9]],
            ]),
        Run(
            name: "a Map of nothing gives nothing",
            states:
                #""A":{"Type":"Map","ItemProcessor":{"StartAt":"X","States":{"X":{"Type":"Fail"}}},"End":true}"#,
            input: [], output: []),
        Run(
            name: "what a branch assigns stays inside of it",
            states:
                #""A":{"Type":"Pass","Assign":{"v":1},"Next":"B"},"B":{"Type":"Parallel","Branches":[{"StartAt":"X","States":{"X":{"Type":"Pass","Assign":{"v":2,"w":3},"Next":"Y"},"Y":{"Type":"Pass","Parameters":{"v.$":"$v"},"End":true}}}],"Next":"C"},"C":{"Type":"Pass","Parameters":{"in.$":"$[0].v","out.$":"$v"},"End":true}"#,
            output: ["in": 2, "out": 1]),
        Run(
            name: "a path that leads nowhere fails and cannot be caught",
            states:
                #""A":{"Type":"Parallel","Branches":[{"StartAt":"X","States":{"X":{"Type":"Pass","InputPath":"$.no","End":true}}}],"Catch":[{"ErrorEquals":["States.ALL"],"Next":"B"}],"End":true},"B":{"Type":"Succeed"}"#,
            error: "States.Runtime",
            cause:
                "An error occurred while executing the state 'X' (entered at the event id #4). Invalid path '$.no' : No results for path: $['no']"
        ),
        Run(
            name: "a catcher puts the error where it is told",
            states:
                #""A":{"Type":"Task","Resource":"arn:aws:states:::s:do","Catch":[{"ErrorEquals":["Other"],"Next":"A"},{"ErrorEquals":["States.TaskFailed"],"ResultPath":"$.e","Next":"B"}],"End":true},"B":{"Type":"Succeed"}"#,
            input: ["a": 1], answers: ["s:do": [.failure("Boom", "loud")]],
            output: ["a": 1, "e": ["Error": "Boom", "Cause": "loud"]]),
        Run(
            name: "States.TaskFailed does not catch a timeout",
            states:
                #""A":{"Type":"Task","Resource":"arn:aws:states:::s:do","TimeoutSeconds":3,"Catch":[{"ErrorEquals":["States.TaskFailed"],"Next":"B"}],"End":true},"B":{"Type":"Succeed"}"#,
            answers: ["s:do": [.never]], error: "States.Timeout"),
        Run(
            name: "too much data from a task fails it",
            states:
                #""A":{"Type":"Task","Resource":"arn:aws:states:::s:do","Catch":[{"ErrorEquals":["States.DataLimitExceeded"],"Next":"B"}],"End":true},"B":{"Type":"Pass","Result":"caught","End":true}"#,
            answers: ["s:do": [.output(.string(String(repeating: "x", count: 262_143)))]], output: "caught"),
    ]

    @Test(arguments: runs) func endsAsTheStatesSay(_ run: Run) throws {
        var world = try FakeWorld(machine(run.states), input: run.input, answers: run.answers)
        world.run()
        let outcome = try #require(world.outcome)
        #expect(outcome.output == run.output)
        #expect(outcome.error == run.error)
        if let cause = run.cause { #expect(outcome.cause == cause) }
        #expect(world.execution.status == (run.error == nil ? .succeeded : .failed))
        #expect(world.execution.history.map(\.id) == Array(1...world.execution.history.count))
        #expect(world.replayed(input: run.input).history == world.execution.history)
    }

    @Test func theContextTellsOfExecutionAndState() throws {
        var world = try FakeWorld(
            machine(#""A":{"Type":"Pass","Parameters":{"c.$":"$$"},"End":true}"#), input: ["i": 1])
        world.run()
        let expected: JSON = [
            "Execution": [
                "Id": "arn:aws:states:eu-west-1:000000000000:execution:orders:one", "Input": ["i": 1], "Name": "one",
                "RoleArn": "arn:aws:iam::000000000000:role/r", "StartTime": "2023-11-14T22:13:20.000Z",
                "RedriveCount": 0,
            ],
            "StateMachine": [
                "Id": "arn:aws:states:eu-west-1:000000000000:stateMachine:orders", "Name": "orders",
            ],
            "State": ["Name": "A", "EnteredTime": "2023-11-14T22:13:20.000Z"],
        ]
        #expect(world.outcome?.output == ["c": expected])
    }

    @Test func anEndlessLoopGivesItsTurnBackAndEndsAtTheLimitOfEvents() throws {
        var world = try FakeWorld(machine(#""A":{"Type":"Pass","Next":"A"}"#))
        world.run()
        #expect(world.yields == 12)
        #expect(world.execution.history.count == 25_000)
        #expect(world.types.last == "ExecutionFailed")
        #expect(world.outcome?.status == .failed)
    }

    @Test func deepNestingIsRefusedWithoutACrash() throws {
        var inner: JSON = ["StartAt": "X", "States": ["X": ["Type": "Pass", "End": true]]]
        for _ in 0..<400 {
            inner = ["StartAt": "A", "States": ["A": ["Type": "Parallel", "Branches": [inner], "End": true]]]
        }
        var execution = Execution(
            definition: StateMachineDefinition(inner), identity: FakeWorld.identity, input: [:], seed: 1)
        _ = execution.handle(.start, at: FakeWorld.start)
        #expect(execution.status == .failed)
    }

    @Test func aNegativeWaitAndOneWithoutEndFail() throws {
        for (seconds, text) in [("-1", "references a negative value"), ("9999999999", "delay is too long")] {
            var world = try FakeWorld(
                machine(#""A":{"Type":"Wait","SecondsPath":"$.s","End":true}"#),
                input: ["s": .number(JSONNumber(source: seconds))])
            world.run()
            #expect(world.outcome?.error == "States.Runtime")
            #expect(world.outcome?.cause?.contains(text) == true)
        }
    }

    @Test func aWaitEndsWhenItIsTold() throws {
        var world = try FakeWorld(machine(#""A":{"Type":"Wait","Timestamp":"2023-11-14T23:13:20Z","End":true}"#))
        world.run()
        #expect(world.seconds == 3600)
        #expect(world.outcome?.status == .succeeded)
    }
}

/// Randomness is drawn once, whatever draws it.
@Suite struct RandomnessTests {
    @Test func noTwoIterationsGetTheSameID() throws {
        var world = try FakeWorld(
            machine(
                #""A":{"Type":"Map","MaxConcurrency":2,"ItemSelector":{"id.$":"States.UUID()"},"ItemProcessor":{"StartAt":"X","States":{"X":{"Type":"Pass","Parameters":{"outer.$":"$.id","inner.$":"States.UUID()"},"End":true}}},"End":true}"#
            ), input: .array((0..<50).map(JSON.int)))
        world.run()
        let ids = try #require(world.outcome?.output?.array).flatMap { [$0["outer"], $0["inner"]] }
        #expect(ids.count == 100)
        #expect(Set(ids).count == 100)
    }

    @Test func aBranchThatLeadsNowhereFailsTheParallel() throws {
        var world = try FakeWorld(
            machine(
                #""A":{"Type":"Parallel","Branches":[{"StartAt":"No","States":{}},{"StartAt":"X","States":{"X":{"Type":"Succeed"}}}],"End":true}"#
            ))
        world.run()
        #expect(world.outcome?.error == "States.Runtime")
    }
}
