import AWSCore
import JSON
import Telemetry
import Testing

@Suite struct MapRunTests {
    private static func map(_ more: JSON = [:]) -> JSON {
        var state: JSON = [
            "Type": "Map", "ItemsPath": "$.items", "End": true,
            "ItemProcessor": [
                "ProcessorConfig": ["Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"], "StartAt": "T",
                "States": ["T": ["Type": "Task", "Resource": .string(ExecutionTests.function), "End": true]],
            ],
        ]
        for (name, value) in more.object ?? JSONObject() { state[name] = value }
        return ["StartAt": "M", "States": ["M": state]]
    }

    private func run(_ world: World, _ more: JSON = [:], items: JSON) async throws -> (String, JSON) {
        let machine = try await world.machine("m", Self.map(more))
        let execution = try await world.start(machine, input: ["items": items])
        let description = try await world.ended(execution)
        let runs = try await world.call("ListMapRuns", ["executionArn": .string(execution)])
        let arn = runs["mapRuns"]?[0]?["mapRunArn"] ?? .null
        return (description.text, try await world.call("DescribeMapRun", ["mapRunArn": arn]))
    }

    @Test func givesResultsInTheOrderOfTheItems() async throws {
        let world = try await World()
        let (text, run) = try await run(world, items: [1, 2, 3, 4])
        #expect(try JSON(parsing: text)["output"] == "[1,2,3,4]")
        #expect(run["status"] == "SUCCEEDED")
        #expect(run["itemCounts"]?["succeeded"] == 4)
    }

    @Test func putsItemsIntoBatches() async throws {
        let world = try await World()
        let (text, run) = try await run(world, ["ItemBatcher": ["MaxItemsPerBatch": 2]], items: [1, 2, 3])
        #expect(try JSON(parsing: text)["output"] == #"[{"Items":[1,2]},{"Items":[3]}]"#)
        #expect(run["executionCounts"]?["total"] == 2)
        #expect(run["itemCounts"]?["total"] == 3)
    }

    @Test func failsWhenTooManyChildrenFail() async throws {
        let world = try await World()
        world.functions.set { _, payload in (payload, payload == 2) }
        let (text, run) = try await run(world, items: [1, 2, 3])
        #expect(try JSON(parsing: text)["error"] == "States.ExceedToleratedFailureThreshold")
        #expect(run["status"] == "FAILED")
    }

    @Test func toleratesFailuresUpToTheThreshold() async throws {
        let world = try await World()
        world.functions.set { _, payload in (payload, payload == 2) }
        let (text, run) = try await run(world, ["ToleratedFailureCount": 1], items: [1, 2, 3])
        #expect(try JSON(parsing: text)["status"] == "SUCCEEDED")
        #expect(run["executionCounts"]?["failed"] == 1)
    }

    @Test(arguments: ["CSV", "JSONL", "JSON"])
    func readsItems(_ type: String) async throws {
        let world = try await World()
        let bodies = [
            "CSV": "id,name\r\n1,\"a, \"\"b\"\"\"\r\n2,c\n", "JSONL": "{\"id\":\"1\"}\n{\"id\":\"2\"}\n",
            "JSON": "[{\"id\":\"1\"},{\"id\":\"2\"}]",
        ]
        let body = bodies[type] ?? ""
        world.services.set { _, _, _ throws(ServiceError) in ["Body": .string(body)] }
        let reader: JSON = [
            "Resource": "arn:aws:states:::s3:getObject", "Parameters": ["Bucket": "b", "Key": "k"],
            "ReaderConfig": type == "CSV"
                ? ["InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"] : ["InputType": .string(type)],
        ]
        let (text, _) = try await run(world, ["ItemReader": reader], items: [])
        let output = try JSON(parsing: try JSON(parsing: text)["output"]?.string ?? "")
        #expect(output.array?.compactMap { $0["id"]?.string } == ["1", "2"])
        if type == "CSV" { #expect(output[0]?["name"] == "a, \"b\"") }
    }
}
