import AWSCore
import JSON
import StatesLanguage
import Synchronization
import Telemetry

enum ListMapRuns: ServiceOperation {
    static let name = "ListMapRuns"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let input = Input(json)
        let runner = try context.execution(try input.arn("executionArn"))
        let runs = Array(context.mapRuns.of(runner.arn).enumerated())
        let page = try Page(of: runs, input, scope: "\(name) \(runner.arn)") { $0.offset + 1 }
        return page.json("mapRuns") { _, run in
            .members([
                "executionArn": .string(runner.arn), "mapRunArn": .string(run.arn),
                "stateMachineArn": .string(
                    MapRun.resource("stateMachine", of: runner, label: run.request.label, rest: "")),
                "startDate": .date(run.started), "stopDate": run.state.withLock { $0.stopped }.map(JSON.date),
            ])
        }
    }
}

enum DescribeMapRun: ServiceOperation {
    static let name = "DescribeMapRun"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let run = try context.mapRun(Input(json))
        let items = run.counts(ofItems: true)
        let executions = run.counts(ofItems: false)
        return run.state.withLock { state in
            .members([
                "mapRunArn": .string(run.arn), "executionArn": .string(run.parent.arn),
                "status": .string(state.status.rawValue), "startDate": .date(run.started),
                "stopDate": state.stopped.map(JSON.date), "maxConcurrency": .int(state.maxConcurrency),
                "toleratedFailurePercentage": .double(state.toleratedPercentage),
                "toleratedFailureCount": .int(state.toleratedCount), "itemCounts": items,
                "executionCounts": executions, "redriveCount": .int(state.redriveCount),
                "redriveDate": state.redriven.map(JSON.date),
            ])
        }
    }
}

enum UpdateMapRun: ServiceOperation {
    static let name = "UpdateMapRun"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let input = Input(json)
        let run = try context.mapRun(input)
        let concurrency = try input.int("maxConcurrency", in: 0...Int(Int32.max))
        let count = try input.int("toleratedFailureCount", in: 0...Int(Int32.max))
        let percentage = input["toleratedFailurePercentage"]?.double
        if let percentage, !(0...100).contains(percentage) {
            throw .constraint(
                "'\(percentage)'", at: "toleratedFailurePercentage", "have value less than or equal to 100")
        }
        guard run.state.withLock({ $0.status == .running }) else {
            throw .invalid("Map Run is not running and cannot be updated")
        }
        run.state.withLock { state in
            if let concurrency { state.maxConcurrency = concurrency }
            if let count { state.toleratedCount = count }
            if let percentage { state.toleratedPercentage = percentage }
        }
        run.goOn()
        return .object(JSONObject())
    }
}

extension Workflows {
    fileprivate func mapRun(_ input: Input) throws(ServiceError) -> MapRun {
        let arn = try input.arn("mapRunArn", atMost: 2000)
        try StatesARN.checkMapRun(arn)
        guard let run = mapRuns[arn] else { throw .noResource }
        return run
    }
}
