import AWSCore
import JSON
import Telemetry
import Testing

@testable import Lambda

struct AliasTests {
    @Test(arguments: [(0.0, "2"), (0.24, "2"), (0.25, "1"), (0.9, "1"), (1, "1")])
    func aPartOfTheInvocationsGoesToTheOtherVersion(draw: Double, version: String) {
        let alias = Alias(name: "live", version: "1", additional: .init(version: "2", weight: 0.25))
        #expect(alias.version(draw: draw) == version)
    }

    @Test func oneWithoutWeightsHasOneVersion() {
        #expect(Alias(name: "live", version: "3").version(draw: 0) == "3")
    }
}

/// Versions and aliases of functions as real processes.
@Suite(.serialized) struct VersionTests {
    private static let functions = "/2015-03-31/functions/f"
    private static let code = """
        import os
        def handler(e, c):
            return [os.environ['VALUE'], c.function_version, c.invoked_function_arn]
        """

    @Test func aVersionStaysAsItWasPublished() async throws {
        try await Harness.run { harness in
            try await harness.create(["app.py": Self.code], ["Environment": ["Variables": ["VALUE": "one"]]])
            let first = try JSON(parsing: await harness.call("POST", "\(Self.functions)/versions", [:]).body)
            #expect(first["Version"] == "1")
            #expect(first["FunctionArn"] == "arn:aws:lambda:us-east-1:000000000000:function:f:1")
            let same = try JSON(parsing: await harness.call("POST", "\(Self.functions)/versions", [:]).body)
            #expect(same == first)
            _ = await harness.call(
                "PUT", "\(Self.functions)/configuration", ["Environment": ["Variables": ["VALUE": "two"]]])
            let second = try JSON(parsing: await harness.call("POST", "\(Self.functions)/versions", [:]).body)
            #expect(second["Version"] == "2")
            _ = await harness.call(
                "POST", "\(Self.functions)/aliases", ["Name": "live", "FunctionVersion": "1"])

            let arn = "arn:aws:lambda:us-east-1:000000000000:function:f"
            let cases: [(name: String, wanted: JSON, version: String)] = [
                ("f", ["two", "$LATEST", .string(arn)], "$LATEST"),
                ("f:1", ["one", "1", .string("\(arn):1")], "1"),
                ("f:2", ["two", "2", .string("\(arn):2")], "2"),
                ("f:live", ["one", "1", .string("\(arn):live")], "1"),
            ]
            for (name, wanted, version) in cases {
                let answer = await harness.invoke(name)
                #expect(try JSON(parsing: answer.body) == wanted)
                #expect(answer.headers["X-Amz-Executed-Version"] == version)
            }
            await harness.sink.waitForEnds(4)
            #expect(harness.sink.lines.contains { $0.hasSuffix("Version: 1") })
            #expect(harness.sink.ends.contains { $0.logStream.contains("/[2]") })
        }
    }

    @Test func reservedConcurrencyIsForAllVersions() {
        var pool = PoolState<Int>(startLimit: 2, accountLimit: 10)
        pool.reserve(1, for: "f")
        guard case .wait = pool.arrive(1, at: VersionName("f", version: "1")),
            case .throttled = pool.arrive(2, at: VersionName("f")),
            case .wait = pool.arrive(3, at: VersionName("g"))
        else {
            Issue.record("one at a time of one function")
            return
        }
        pool.answered(VersionName("f", version: "1"), by: nil)
        guard case .wait = pool.arrive(4, at: VersionName("f")) else {
            Issue.record("there is room again")
            return
        }
    }

    @Test func whatAnAliasRefersToCannotBeDeleted() async throws {
        try await Harness.run { harness in
            try await harness.create(["app.py": "def handler(e, c):\n    pass\n"])
            _ = await harness.call("POST", "\(Self.functions)/versions", [:])
            _ = await harness.call("POST", "\(Self.functions)/aliases", ["Name": "live", "FunctionVersion": "1"])
            let refused = await harness.call("DELETE", Self.functions, query: [("Qualifier", "1")])
            #expect(refused.status == 409)
            #expect(String(decoding: refused.body, as: UTF8.self).contains("aliases reference it: [live]"))
            _ = await harness.call("DELETE", "\(Self.functions)/aliases/live")
            #expect(await harness.call("DELETE", Self.functions, query: [("Qualifier", "1")]).status == 204)
            #expect(await harness.call("DELETE", Self.functions, query: [("Qualifier", "99")]).status == 204)
            #expect(await harness.invoke("f:1").status == 404)
            // Numbers are not given twice.
            _ = await harness.call("PUT", "\(Self.functions)/configuration", ["Timeout": 9])
            let next = try JSON(parsing: await harness.call("POST", "\(Self.functions)/versions", [:]).body)
            #expect(next["Version"] == "2")
        }
    }
}
