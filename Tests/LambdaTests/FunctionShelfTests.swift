import Foundation
import JSON
import Telemetry
import Testing

@testable import Lambda

struct FunctionShelfTests {
    private let folder = NSTemporaryDirectory() + "shelf-\(RequestID())"

    private func sample(_ name: String) throws -> LambdaFunction {
        var configuration = FunctionConfiguration(name: name, region: "eu-west-1", account: "000000000000")
        try configuration.apply([
            "Runtime": "python3.13", "Role": "arn:aws:iam::000000000000:role/r", "Handler": "app.handler", "Timeout": 9,
            "MemorySize": 256, "Environment": ["Variables": ["STAGE": "test"]],
            "Layers": ["arn:aws:lambda:x:1:layer:l:1"],
            "LoggingConfig": ["LogFormat": "JSON", "SystemLogLevel": "WARN"], "TracingConfig": ["Mode": "Active"],
            "DeadLetterConfig": ["TargetArn": "arn:aws:sqs:eu-west-1:000000000000:dead"],
        ])
        configuration.codeSize = 123
        configuration.codeSHA256 = "abc="
        var tags = JSONObject()
        tags["team"] = "shop"
        var function = LambdaFunction(
            configuration: configuration,
            code: FunctionCode(directory: "/code/f", size: 123, sha256: "abc=", isLocalFolder: true),
            runtime: .bootstrap,
            reservedConcurrency: 3, tags: tags, policy: [["Sid": "s"]], policyRevision: "r1")
        _ = function.publish(description: "first")
        function.configuration.timeoutSeconds = 10
        _ = function.publish(description: nil)
        function.versions.removeFirst()
        function.aliases["live"] = Alias(name: "live", version: "2", additional: .init(version: "1", weight: 0.5))
        function.eventInvokeConfigs["live"] = EventInvokeConfig(record: [
            "MaximumRetryAttempts": 1, "LastModified": 1_700_000_000.5,
            "DestinationConfig": ["OnFailure": ["Destination": "arn:aws:sqs:eu-west-1:000000000000:dead"]],
        ])
        return function
    }

    @Test func givesBackWhatWasPut() throws {
        let shelf = try FunctionShelf(directory: folder)
        defer { Files.remove(folder) }
        let function = try sample("hello")
        try shelf.put(function)
        let loaded = try #require(shelf.load().functions.first)
        #expect(loaded.configuration.json == function.configuration.json)
        #expect(loaded.code == function.code)
        #expect(loaded.record == function.record)
        #expect(loaded.aliases == function.aliases)
        #expect(loaded.eventInvokeConfigs == function.eventInvokeConfigs)
        #expect(loaded.lastVersion == 2 && loaded.versions.map(\.number) == ["2"])
        #expect(loaded.at("2")?.configuration.json == function.at("2")?.configuration.json)
    }

    @Test func forgetsWhatWasRemoved() throws {
        let shelf = try FunctionShelf(directory: folder)
        defer { Files.remove(folder) }
        try shelf.put(sample("one"))
        try shelf.put(sample("two"))
        shelf.remove("one")
        #expect(shelf.load().functions.map(\.name) == ["two"])
    }

    @Test(arguments: ["", "{", "[]", #"{"Configuration": {"FunctionName": "../x"}, "Code": {"Directory": "/"}}"#])
    func namesAFileThatCannotBeRead(_ text: String) throws {
        let shelf = try FunctionShelf(directory: folder)
        defer { Files.remove(folder) }
        try Files.write(Array(text.utf8), to: "\(folder)/broken.json", mode: 0o600)
        #expect(shelf.load().unreadable == ["\(folder)/broken.json"])
        #expect(Files.exists("\(folder)/broken.json"))
    }
}
