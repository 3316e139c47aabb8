import JSON
import Telemetry

@testable import Dashboard
@testable import TelemetryStore

/// Executions written by hand: one that runs, one that failed in a retry, a Map of many items, a nest of containers.
enum ExecutionSample {
    static let request = RequestID(high: 0xA1E4_D0B8_0000_4000, low: 0x8000_0000_0000_0001)
    private static let base = "arn:aws:states:us-east-1:000000000000"

    static func arn(_ name: String) -> String { "\(base):execution:order-flow:\(name)" }

    static let order = """
        {"StartAt": "RecordOrder", "States": {
          "RecordOrder": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:000000000000:function:record-order",
            "ResultPath": "$.recorded", "Next": "QueryUser"},
          "QueryUser": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:000000000000:function:query-user",
            "ResultPath": "$.user", "Next": "InStock?"},
          "InStock?": {"Type": "Choice", "Default": "Backorder", "Choices": [
            {"Variable": "$.stock", "NumericGreaterThan": 0, "Next": "ProcessPayment"}]},
          "ProcessPayment": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:000000000000:function:process-payment",
            "Parameters": {"amount.$": "$.amount", "user.$": "$.user.id"}, "ResultPath": "$.payment",
            "Retry": [{"ErrorEquals": ["PaymentTimeout"], "IntervalSeconds": 1, "MaxAttempts": 2}],
            "Catch": [{"ErrorEquals": ["PaymentDeclined"], "Next": "RefundAndNotify"}], "Next": "Finish"},
          "Backorder": {"Type": "Pass", "Next": "Done"},
          "RefundAndNotify": {"Type": "Pass", "Next": "Done"},
          "Finish": {"Type": "Parallel", "Next": "Done", "Branches": [
            {"StartAt": "UpdateOrder", "States": {"UpdateOrder": {"Type": "Pass", "Next": "Invoices"},
              "Invoices": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "WriteInvoice", "States": {
                "WriteInvoice": {"Type": "Pass", "End": true}}}}}},
            {"StartAt": "NotifyUser", "States": {"NotifyUser": {"Type": "Pass", "End": true}}}]},
          "Done": {"Type": "Succeed"}}}
        """

    private static let input = #"{"order_id":"o-1842","amount":99.5,"currency":"EUR","stock":3,"items":[1,2,3]}"#

    private static func begun() -> HistoryBuilder {
        var history = HistoryBuilder(at: LogSample.now - .milliseconds(2310))
        history.add("ExecutionStarted", after: 0, ["input": .string(input), "roleArn": "role"])
        history.enter("Task", "RecordOrder", input, after: 0)
        history.call(input, 14, answer: #"{"id":7}"#)
        let recorded = input.dropLast() + #","recorded":{"id":7}}"#
        history.exit("Task", "RecordOrder", String(recorded))
        history.enter("Task", "QueryUser", String(recorded))
        history.call(String(recorded), 6, answer: #"{"id":"u-77","tier":"gold"}"#)
        let known = recorded.dropLast() + #","user":{"id":"u-77","tier":"gold"}}"#
        history.exit("Task", "QueryUser", String(known), assigned: ["tier": #""gold""#])
        history.enter("Choice", "InStock?", String(known))
        history.wait(1)
        history.exit("Choice", "InStock?", String(known))
        history.enter("Task", "ProcessPayment", String(known))
        history.call(
            #"{"amount":99.5,"user":"u-77"}"#, 412, answer: nil, error: "PaymentTimeout", cause: cause, request: request
        )
        return history
    }

    private static let cause =
        #"{"errorMessage":"gateway did not answer","errorType":"PaymentTimeout","stackTrace":["  File \"/var/task/app.py\", line 12, in handler\n    raise PaymentTimeout()"]}"#

    /// Not through a store: that brings times of the future back to now.
    static func store(
        _ name: String, _ history: HistoryBuilder, definition: String, end: ExecutionEnd? = nil
    ) -> ExecutionArchive {
        var archive = ExecutionArchive(capacity: 10, historyCap: .max)
        let start = ExecutionStart(
            arn: arn(name), name: name, machineARN: "\(base):stateMachine:order-flow", definition: definition,
            type: "STANDARD", input: input, trigger: "StartExecution")
        archive.changed(
            StateMachineDescription(
                arn: start.machineARN, name: "order-flow", type: "STANDARD", definition: definition))
        archive.started(start, at: history.start)
        archive.took(
            ExecutionHistory(arn: start.arn, events: history.events, invocations: history.invocations))
        if let end { archive.ended(end, at: history.time) }
        return archive
    }

    /// In its second attempt.
    static func running() -> ExecutionArchive {
        var history = begun()
        history.wait(1000)
        history.call(#"{"amount":99.5,"user":"u-77"}"#, 0, answer: nil)
        return store("o-1842", history, definition: order)
    }

    /// Three attempts, all in vain.
    static var failedHistory: HistoryBuilder {
        var history = begun()
        for pause in [200, 400] as [Int64] {
            history.wait(pause)
            history.call(
                #"{"amount":99.5,"user":"u-77"}"#, 300, answer: nil, error: "PaymentTimeout", cause: cause,
                request: request)
        }
        history.add("ExecutionFailed", ["error": "PaymentTimeout", "cause": .string(cause)])
        return history
    }

    static func failed() -> ExecutionArchive {
        store(
            "o-1843", failedHistory, definition: order,
            end: ExecutionEnd(arn: arn("o-1843"), status: .failed, error: "PaymentTimeout", cause: cause))
    }

    static let bulk = """
        {"StartAt": "Split", "States": {"Split": {"Type": "Pass", "Next": "Work"},
          "Work": {"Type": "Map", "Next": "Report", "ItemProcessor": {"StartAt": "Load", "States": {
            "Load": {"Type": "Pass", "Next": "Save"}, "Save": {"Type": "Pass", "End": true}}}},
          "Report": {"Type": "Pass", "End": true}}}
        """

    /// 10,000 items: 6,000 are through, 3 of them failed.
    static func manyItems() -> ExecutionArchive {
        var history = HistoryBuilder(at: LogSample.now - .seconds(20))
        history.add("ExecutionStarted", after: 0, ["input": "[]"])
        history.enter("Pass", "Split", "[]", after: 0)
        history.exit("Pass", "Split", "[]")
        history.enter("Map", "Work", "[]")
        let started = history.add("MapStateStarted", ["length": 10_000])
        for item in 0..<10_000 {
            let place: JSON = ["name": "Work", "index": .int(item)]
            let iteration = history.add("MapIterationStarted", after: started, place)
            let entered = history.enter("Pass", "Load", "\(item)", after: iteration)
            history.wait(1)
            guard item < 6000 else { continue }
            guard item % 2500 != 77 else {
                history.add("MapIterationFailed", after: entered, place)
                continue
            }
            let left = history.exit("Pass", "Load", "\(item)", after: entered)
            history.add("MapIterationSucceeded", after: left, place)
        }
        return store("bulk-1", history, definition: bulk)
    }

    static let nest = """
        {"StartAt": "Outer", "States": {"Outer": {"Type": "Parallel", "End": true, "Branches": [
          {"StartAt": "Each", "States": {"Each": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "Both", "States": {
            "Both": {"Type": "Parallel", "End": true, "Branches": [
              {"StartAt": "Left", "States": {"Left": {"Type": "Pass", "End": true}}},
              {"StartAt": "Right", "States": {"Right": {"Type": "Wait", "Seconds": 1, "End": true}}}]}}}}}},
          {"StartAt": "Beside", "States": {"Beside": {"Type": "Pass", "End": true}}}]}}}
        """

    /// A Parallel in a Map in a Parallel; the second item still waits.
    static func nested() -> ExecutionArchive {
        var history = HistoryBuilder(at: LogSample.now - .seconds(2))
        history.add("ExecutionStarted", after: 0, ["input": "{}"])
        history.enter("Parallel", "Outer", after: 0)
        let outer = history.add("ParallelStateStarted")
        history.enter("Map", "Each", "[1,2]", after: outer)
        let each = history.add("MapStateStarted", ["length": 2])
        let beside = history.enter("Pass", "Beside", after: outer)
        history.wait(20)
        history.exit("Pass", "Beside", after: beside)
        for item in 0..<2 {
            let place: JSON = ["name": "Each", "index": .int(item)]
            let iteration = history.add("MapIterationStarted", after: each, place)
            history.enter("Parallel", "Both", "\(item)", after: iteration)
            let both = history.add("ParallelStateStarted")
            let left = history.enter("Pass", "Left", "\(item)", after: both)
            let right = history.enter("Wait", "Right", "\(item)", after: both)
            history.wait(5)
            history.exit("Pass", "Left", "\"left \(item)\"", after: left)
            guard item == 0 else { continue }
            history.wait(900)
            let waited = history.exit("Wait", "Right", "0", after: right)
            let done = history.add("ParallelStateSucceeded", after: waited)
            let exited = history.exit("Parallel", "Both", "[0,0]", after: done)
            history.add("MapIterationSucceeded", after: exited, place)
        }
        return store("nest-1", history, definition: nest)
    }
}

extension ExecutionArchive {
    func execution(_ name: String) -> ExecutionDetail? { named(name).map(ExecutionDetail.init) }
}
