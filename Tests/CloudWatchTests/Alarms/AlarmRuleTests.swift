import AWSCore
import Telemetry
import Testing

@testable import CloudWatch

struct AlarmRuleTests {
    /// a and b fire, c is well, d has no data.
    private static let states: [String: AlarmDescription.State] = [
        "a": .alarm, "b": .alarm, "c": .ok, "d": .insufficientData, "with space": .alarm, "x)y": .alarm,
    ]

    @Test(
        "Rules are true as they read",
        arguments: [
            ("ALARM(a)", true), ("ALARM(\"a\")", true), ("ALARM(c)", false), ("OK(c)", true),
            ("INSUFFICIENT_DATA(d)", true), ("ALARM(a) AND ALARM(b)", true), ("ALARM(a) AND ALARM(c)", false),
            ("ALARM(c) OR ALARM(b)", true), ("NOT ALARM(c)", true), ("NOT NOT ALARM(c)", false),
            // AND binds tighter than OR.
            ("TRUE OR TRUE AND FALSE", true), ("(TRUE OR TRUE) AND FALSE", false), ("TRUE", true), ("FALSE", false),
            ("ALARM(a) AND NOT (OK(c) OR ALARM(d))", false), ("NOT ALARM(a) OR ALARM(b)", true),
            ("ALARM(arn:aws:cloudwatch:us-east-1:000000000000:alarm:a)", true), ("ALARM(  a  )", true),
            ("ALARM(\"with space\")", true), ("ALARM(with space)", true), ("ALARM(\"x)y\")", true),
            ("ALARM(gone)", false),
            ("\n ALARM(a)\n\tAND\n ALARM(b) ", true),
        ])
    func truth(_ text: String, _ isTrue: Bool) throws {
        #expect(try AlarmRule(text).isTrue { Self.states[$0] } == isTrue)
    }

    @Test(
        "What is no rule is refused",
        arguments: [
            "", " ", "ALARM", "ALARM(", "ALARM()", "ALARM(a", "ALARM(\"a\"", "a", "ALARM(a) ALARM(b)", "ALARM(a) AND",
            "AND ALARM(a)", "(ALARM(a)", "ALARM(a))", "TRUEORFALSE", "alarm(a)", "NOT", "UNKNOWN(a)",
            String(repeating: "(", count: 200) + "TRUE" + String(repeating: ")", count: 200),
            Array(repeating: "TRUE", count: 501).joined(separator: " AND "),
            (0...100).map { "ALARM(a\($0))" }.joined(separator: " OR "), String(repeating: " ", count: 11_000) + "TRUE",
        ])
    func faults(_ text: String) {
        #expect {
            try AlarmRule(text)
        } throws: { error in
            (error as? ServiceError)?.code == "ValidationError"
        }
    }

    @Test func childrenComeOnceInTheirOrder() throws {
        #expect(try AlarmRule("ALARM(b) AND (OK(a) OR NOT ALARM(b))").children == ["b", "a"])
    }
}
