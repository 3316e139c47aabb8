import AWSCore
import Glibc
import JSON
import Telemetry
import TelemetryStore
import Testing

@testable import CloudWatch

struct AlarmKeeperTests {
    private let world = AlarmWorld()

    private func put(_ keeper: AlarmKeeper, _ input: JSON) async throws {
        _ = try await PutMetricAlarm.run(input, call: CallContext(), in: world.context(keeper))
    }

    private func state(_ keeper: AlarmKeeper, _ name: String = "high") async -> AlarmDescription.State? {
        await keeper.alarms[name]?.state.value
    }

    @Test func anAlarmFiresWhileThePeriodStillRunsAndIsWellAgainWhenAPeriodIsOver() async throws {
        let keeper = world.keeper()
        try await put(keeper, AlarmWorld.alarm("high", ["TreatMissingData": "notBreaching"]))
        #expect(await state(keeper) == .insufficientData)
        await keeper.evaluate()
        #expect(await state(keeper) == .ok)
        await world.measure(2)
        await keeper.evaluate()
        #expect(await state(keeper) == .ok)
        await world.measure(1)
        await keeper.evaluate()
        #expect(await state(keeper) == .alarm)
        let reason = await keeper.alarms["high"]?.state.reason ?? ""
        #expect(reason.hasPrefix("Threshold Crossed: 1 out of the last 1 datapoints [3.0 ("))
        // The period that fired is the newest one that is over: it still fires.
        world.advance(60)
        await keeper.evaluate()
        #expect(await state(keeper) == .alarm)
        world.advance(180)
        await keeper.evaluate()
        #expect(await state(keeper) == .ok)
    }

    @Test func aSumBelowAThresholdIsOnlyJudgedWhenThePeriodIsOver() async throws {
        let keeper = world.keeper()
        try await put(
            keeper, AlarmWorld.alarm("high", ["ComparisonOperator": "LessThanThreshold", "Threshold": 5]))
        await world.measure(1)
        await keeper.evaluate()
        #expect(await state(keeper) == .insufficientData)
        world.advance(60)
        await keeper.evaluate()
        #expect(await state(keeper) == .alarm)
    }

    @Test func severalOutOfManyHaveToBreach() async throws {
        let keeper = world.keeper()
        try await put(keeper, AlarmWorld.alarm("high", ["EvaluationPeriods": 3, "DatapointsToAlarm": 2]))
        for (ago, value) in [(190, 5.0), (130, 1), (70, 1)] as [(Int64, Double)] {
            await world.measure(value, ago: ago)
        }
        await keeper.evaluate()
        #expect(await state(keeper) == .ok)
        world.advance(60)
        await world.measure(9, ago: 61)
        await keeper.evaluate()
        #expect(await state(keeper) == .ok)
        world.advance(60)
        await world.measure(9, ago: 61)
        await keeper.evaluate()
        #expect(await state(keeper) == .alarm)
    }

    @Test func expressionsAreWatchedToo() async throws {
        let keeper = world.keeper()
        func metric(_ id: String) -> JSON {
            [
                "Id": .string(id), "ReturnData": false,
                "MetricStat": [
                    "Metric": ["Namespace": "N", "MetricName": .string(id)], "Period": 60, "Stat": "Sum",
                ],
            ]
        }
        let rate: JSON = ["Id": "rate", "Expression": "errors / calls * 100", "Label": "error rate"]
        var input = AlarmWorld.alarm("rate", ["MetricName": nil, "Namespace": nil, "Statistic": nil, "Period": nil])
        input["Metrics"] = [rate, metric("errors"), metric("calls")]
        input["Threshold"] = 10
        try await put(keeper, input)
        await world.measure(50, "calls", ago: 60)
        await world.measure(1, "errors", ago: 60)
        await keeper.evaluate()
        #expect(await state(keeper, "rate") == .ok)
        await world.measure(9, "errors", ago: 60)
        await keeper.evaluate()
        #expect(await state(keeper, "rate") == .alarm)
        #expect(await keeper.alarms["rate"]?.told.condition == "error rate > 10 for 1 datapoints within 1 minute")
    }

    @Test func percentilesOfFewSamplesCanBeIgnored() async throws {
        let keeper = world.keeper()
        try await put(
            keeper,
            AlarmWorld.alarm(
                "high",
                ["Statistic": nil, "ExtendedStatistic": "p90", "EvaluateLowSampleCountPercentile": "ignore"]))
        for _ in 0..<50 { await world.measure(9, ago: 60) }
        await keeper.evaluate()
        #expect(await state(keeper) == .insufficientData)
        for _ in 0..<50 { await world.measure(9, ago: 60) }
        await keeper.evaluate()
        #expect(await state(keeper) == .alarm)
    }

    @Test func actionsAreDoneOnceAndTold() async throws {
        let keeper = world.keeper()
        let actions: JSON = [.string(AlarmWorld.function), .string(AlarmWorld.topic), "arn:aws:swf:us-east-1:0:action"]
        try await put(keeper, AlarmWorld.alarm("high", ["AlarmActions": actions, "AlarmDescription": "too many"]))
        await world.measure(9)
        await keeper.evaluate()
        await keeper.evaluate()
        while await keeper.history.items.count(where: { $0.kind == .action }) < 3 { await Task.yield() }
        #expect(world.invoked.map(\.function) == [AlarmWorld.function])
        let event = world.invoked.first?.payload ?? .null
        #expect(event["source"] == "aws.cloudwatch")
        #expect(event["accountId"] == "000000000000")
        #expect(event["alarmArn"] == "arn:aws:cloudwatch:us-east-1:000000000000:alarm:high")
        #expect(event["alarmData"]?["state"]?["value"] == "ALARM")
        #expect(event["alarmData"]?["previousState"]?["value"] == "INSUFFICIENT_DATA")
        #expect(event["alarmData"]?["previousState"]?["reason"] == "Unchecked: Initial alarm creation")
        #expect(event["alarmData"]?["configuration"]?["description"] == "too many")
        let metric = event["alarmData"]?["configuration"]?["metrics"]?[0]
        #expect(metric?["metricStat"]?["metric"]?["name"] == "m")
        #expect(metric?["returnData"] == true)
        #expect(world.called.map(\.operation) == ["Publish"])
        #expect(world.called.first?.input["Subject"] == "ALARM: \"high\" in US East (N. Virginia)")
        let summaries = await keeper.history.items.filter { $0.kind == .action }.map(\.summary)
        #expect(summaries.contains("Successfully executed action \(AlarmWorld.function)"))
        #expect(summaries.contains("Failed to execute action arn:aws:swf:us-east-1:0:action"))
    }

    @Test func withoutActionsNothingIsDone() async throws {
        let keeper = world.keeper()
        try await put(
            keeper, AlarmWorld.alarm("high", ["AlarmActions": [.string(AlarmWorld.function)], "ActionsEnabled": false]))
        await world.measure(9)
        await keeper.evaluate()
        #expect(await state(keeper) == .alarm)
        #expect(world.invoked.isEmpty)
    }

    @Test func aStateSetByHandLastsUntilThePeriodIsOver() async throws {
        let keeper = world.keeper()
        try await put(keeper, AlarmWorld.alarm("high", ["TreatMissingData": "notBreaching"]))
        await keeper.evaluate()
        try await keeper.set("high", .alarm, reason: "testing", data: nil)
        await keeper.evaluate()
        #expect(await state(keeper) == .alarm)
        #expect(await keeper.alarms["high"]?.state.reason == "testing")
        world.advance(60)
        await keeper.evaluate()
        #expect(await state(keeper) == .ok)
        let changes = await keeper.history.items.filter { $0.kind == .state }.map(\.summary)
        #expect(
            changes == [
                "Alarm updated from INSUFFICIENT_DATA to OK", "Alarm updated from OK to ALARM",
                "Alarm updated from ALARM to OK",
            ])
    }

    @Test func compositesFollowTheirChildrenAlsoOverSeveralLevels() async throws {
        let keeper = world.keeper()
        try await put(keeper, AlarmWorld.alarm("a"))
        try await put(keeper, AlarmWorld.alarm("b", ["MetricName": "other"]))
        func composite(_ name: String, _ rule: String) async throws {
            _ = try await PutCompositeAlarm.run(
                ["AlarmName": .string(name), "AlarmRule": .string(rule)], call: CallContext(),
                in: world.context(keeper))
        }
        try await composite("both", "ALARM(a) AND ALARM(b)")
        try await composite("a top", "ALARM(both) OR FALSE")
        await keeper.evaluate()
        #expect(await state(keeper, "both") == .ok)
        #expect(
            await keeper.alarms["both"]?.state.reason.hasSuffix("was created and its alarm rule evaluates to OK")
                == true)
        await world.measure(9)
        await world.measure(9, "other")
        await keeper.evaluate()
        #expect(await state(keeper, "both") == .alarm)
        #expect(await state(keeper, "a top") == .alarm)
        #expect(await keeper.alarms["both"]?.state.reason.contains("transitioned to ALARM at ") == true)
        await #expect(throws: ServiceError.self) { try await composite("x", "ALARM(unknown)") }
        await #expect(throws: ServiceError.self) { try await composite("both", "ALARM(\"a top\")") }
        await #expect(throws: ServiceError.self) { try await keeper.delete(["a"]) }
        try await keeper.delete(["a", "b", "both", "a top"])
        #expect(await keeper.alarms.isEmpty)
    }

    @Test func everyChangeIsToldInTheTelemetry() async throws {
        let keeper = world.keeper()
        try await put(keeper, AlarmWorld.alarm())
        await world.measure(9)
        await keeper.evaluate()
        try await keeper.delete(["high"])
        let told = world.events.compactMap { event -> String? in
            switch event.kind {
            case .alarmChanged(let alarm): alarm.state.rawValue
            case .alarmDeleted(let name): "deleted \(name)"
            default: nil
            }
        }
        #expect(told == ["INSUFFICIENT_DATA", "ALARM", "deleted high"])
    }

    @Test func alarmsAreThereAgainWithTheirStates() async throws {
        var template = Array("/tmp/fntop-alarms-XXXXXX".utf8CString)
        let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
        let path = "\(folder)/alarms.json"
        let keeper = world.keeper(path: path)
        try await put(
            keeper,
            AlarmWorld.alarm(
                "high", ["AlarmActions": [.string(AlarmWorld.topic)], "Tags": [["Key": "team", "Value": "shop"]]]))
        _ = try await PutCompositeAlarm.run(
            ["AlarmName": "c", "AlarmRule": "ALARM(high)"], call: CallContext(), in: world.context(keeper))
        await world.measure(9)
        await keeper.evaluate()
        let again = world.keeper(path: path)
        #expect(await again.restore().isEmpty)
        var kept = await keeper.alarms
        // What a running period decided is not kept: the next look decides anew.
        for name in kept.keys { kept[name]?.heldUntil = nil }
        let restored = await again.alarms
        #expect(restored.mapValues(\.json) == kept.mapValues(\.json))
        #expect(restored["high"]?.tags == ["team": "shop"])
        // A file that cannot be read is named and left alone.
        let file = open(path, O_WRONLY | O_TRUNC)
        #expect(write(file, "[1", 2) == 2)
        close(file)
        #expect(await world.keeper(path: path).restore() == [path])
        unlink(path)
        rmdir(folder)
    }

    @Test(
        "What is no proper alarm is refused",
        arguments: [
            (["AlarmName": nil], "alarmName"), (["Period": 7], "period"), (["Period": nil], "period"),
            (["EvaluationPeriods": nil], "evaluationPeriods"), (["EvaluationPeriods": 0], "EvaluationPeriods"),
            (["EvaluationPeriods": 2000], "more than a day"), (["Threshold": nil], "threshold"),
            (["ComparisonOperator": nil], "comparisonOperator"),
            (["ComparisonOperator": "GreaterThanUpperThreshold"], "fntop does not serve"),
            (["TreatMissingData": "never"], "TreatMissingData"), (["Statistic": nil], "Exactly one"),
            (["Statistic": "p90"], "p90"), (["ExtendedStatistic": "p90"], "Exactly one"),
            (["DatapointsToAlarm": 2], "DatapointsToAlarm"), (["AlarmActions": ["x"]], "Invalid arn"),
            (["EvaluationCriteria": [:]], "EvaluationCriteria"), (["Unit": "Furlongs"], "Furlongs"),
            (["EvaluateLowSampleCountPercentile": "x"], "EvaluateLowSampleCountPercentile"),
            (
                [
                    "MetricName": nil,
                    "Metrics": [["Id": "e", "Expression": "m9", "Period": 60]],
                ], "m9"
            ),
        ] as [(JSON, String)])
    func faults(_ changes: JSON, _ part: String) async {
        let keeper = world.keeper()
        do {
            try await put(keeper, AlarmWorld.alarm("high", changes))
            Issue.record("\(changes.text) is not refused")
        } catch {
            let message = (error as? ServiceError)?.message ?? ""
            #expect(message.contains(part), "\(message)")
        }
    }
}
