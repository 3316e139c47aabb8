import JSON
import StatesLanguage
import Testing

@Suite struct ChoiceTests {
    @Test(arguments: [
        (#""StringEquals":"a""#, "a" as JSON, true), (#""StringEquals":"a""#, 1, false),
        (#""StringLessThan":"b""#, "a", true), (#""StringGreaterThanEqualsPath":"$.o""#, "m", true),
        (#""StringMatches":"log-*.txt""#, "log-7.txt", true), (#""StringMatches":"log-*.txt""#, "log-7.txt2", false),
        (#""StringMatches":"a\\*b""#, "a*b", true), (#""StringMatches":"a\\*b""#, "axb", false),
        (#""StringMatches":"*""#, "", true), (#""StringMatches":"a*a*a""#, "aa", false),
        (#""NumericEquals":1"#, 1.0, true), (#""NumericEquals":1"#, "1", false),
        (#""NumericLessThanEquals":2.5"#, 2.5, true), (#""BooleanEquals":false"#, false, true),
        (#""BooleanEquals":false"#, nil, false),
        (#""TimestampLessThan":"2024-01-01T00:00:00Z""#, "2023-12-31T23:00:00Z", true),
        (#""TimestampEquals":"2024-01-01T00:00:00Z""#, "2024-01-01T01:00:00+01:00", true),
        (#""IsNull":true"#, nil, true), (#""IsNull":false"#, 1, true), (#""IsString":true"#, "x", true),
        (#""IsNumeric":false"#, "x", true), (#""IsBoolean":true"#, true, true),
        (#""IsTimestamp":true"#, "2024-02-30T00:00:00Z", false), (#""IsTimestamp":true"#, "2024-02-29T00:00:00Z", true),
        (#""IsPresent":true"#, 1, true),
    ])
    func comparesByType(_ test: String, _ value: JSON, _ expected: Bool) throws {
        let rule = #"{"Variable":"$.v",\#(test),"Next":"Yes"}"#
        #expect(try next([rule], ["v": value, "o": "a"]) == (expected ? "Yes" : "No"))
    }

    @Test func combinesRules() throws {
        let big = #"{"Variable":"$.n","NumericGreaterThan":10}"#
        let even = #"{"Variable":"$.e","BooleanEquals":true}"#
        let input: JSON = ["n": 20, "e": false]
        #expect(try next([#"{"And":[\#(big),\#(even)],"Next":"Yes"}"#], input) == "No")
        #expect(try next([#"{"Or":[\#(even),\#(big)],"Next":"Yes"}"#], input) == "Yes")
        #expect(try next([#"{"Not":\#(even),"Next":"Yes"}"#], input) == "Yes")
    }

    @Test func onlyIsPresentBearsAMissingVariable() throws {
        #expect(try next([#"{"Variable":"$.no","IsPresent":false,"Next":"Yes"}"#], [:]) == "Yes")
        let found = try inspect([#"{"Variable":"$.no","IsNull":true,"Next":"Yes"}"#], [:])
        #expect(found.failure?.error == "States.Runtime")
    }

    @Test func theInspectionTellsWhyARuleWasTaken() throws {
        let found = try inspect(
            [
                #"{"Variable":"$.n","NumericEqualsPath":"$.o","Next":"No"}"#,
                #"{"Variable":"$.n","NumericLessThan":9,"Next":"Yes"}"#,
            ], ["n": 5, "o": 6])
        #expect(found.matchedRule == 1)
        #expect(found.next == "Yes")
        #expect(found.rules.map(\.isMatch) == [false, true])
        #expect(found.rules.first?.observations.first?.text == "$.n NumericEqualsPath $.o")
        #expect(found.rules.first?.observations.first?.value == 5)
        #expect(found.rules.first?.observations.first?.operand == 6)
    }

    private func next(_ rules: [String], _ input: JSON) throws -> String? { try inspect(rules, input).next }

    private func inspect(_ rules: [String], _ input: JSON) throws -> StateInspection {
        let definition = StateMachineDefinition(
            try JSON(
                parsing: machine(
                    #""A":{"Type":"Choice","Choices":[\#(rules.joined(separator: ","))],"Default":"No"},"Yes":{"Type":"Succeed"},"No":{"Type":"Succeed"}"#
                )))
        let state = try #require(definition.states.first)
        return StateInspection(InspectionSubject(state: state, input: input, now: FakeWorld.start))
    }
}
