import AWSCore
import JSON
import StatesLanguage
import Synchronization
import Telemetry

extension MapRun {
    /// The start of a child; the same child has the same name after the runtime stopped.
    func record(_ place: Int, _ child: Child) -> ExecutionRecord {
        let parentRecord = parent.record
        let isExpress = request.executionType == MachineType.express.rawValue
        // Express executions are not redriven: another one takes the place.
        let redrives = isExpress ? state.withLock { $0.redriveCount } : 0
        let name = StableID(of: redrives > 0 ? "\(arn)/\(place)/\(redrives)" : "\(arn)/\(place)").text
        let executionARN =
            isExpress
            ? Self.resource("express", of: parent, label: request.label, rest: "\(name):\(StableID(of: name).text)")
            : Self.resource("execution", of: parent, label: request.label, rest: name)
        let identity = ExecutionIdentity(
            arn: executionARN, name: name, roleARN: parentRecord.identity.roleARN, started: world.clock.now(),
            machineARN: Self.resource("stateMachine", of: parent, label: request.label, rest: ""),
            machineName: "\(parentRecord.identity.machineName)/\(request.label)", isExpress: isExpress,
            mapRunARN: arn, mapItem: child.item)
        let trace = parentRecord.traceHeader(of: request.id)
        return ExecutionRecord(
            identity: identity, type: isExpress ? .express : .standard, definitionText: definitionText,
            definition: request.processor, revisionID: nil, revisionUpdated: parentRecord.revisionUpdated,
            logging: parentRecord.logging, isTraced: parentRecord.isTraced, inputText: child.input.text,
            input: child.input, seed: UInt64.random(in: .min ... .max), number: world.executions.nextNumber(),
            trigger: parent.arn, traceHeader: TraceHeader.continued(trace).text,
            traceParent: TraceHeader(trace).parent, region: parentRecord.region,
            itemCount: child.itemCount, label: request.label, parentARN: parent.arn, testCase: parentRecord.testCase)
    }

    /// Counts by how children, or their items, are now.
    func counts(ofItems: Bool) -> JSON {
        state.withLock { state in
            var counts: [String: Int] = [:]
            var total = 0
            for child in state.children {
                let weight = ofItems ? child.itemCount : 1
                total += weight
                counts[child.status?.countName ?? "pending", default: 0] += weight
            }
            let names = ["pending", "running", "succeeded", "failed", "timedOut", "aborted"]
            var object = JSONObject(names.map { ($0, .int(counts[$0] ?? 0)) })
            object["total"] = .int(total)
            object["resultsWritten"] = .int(state.hasResultsWritten ? counts["succeeded"] ?? 0 : 0)
            object["failuresNotRedrivable"] = 0
            object["pendingRedrive"] = 0
            return .object(object)
        }
    }
}

extension ExecutionStatus {
    fileprivate var countName: String {
        switch self {
        case .running: "running"
        case .succeeded: "succeeded"
        case .failed: "failed"
        case .timedOut: "timedOut"
        case .aborted: "aborted"
        case .pendingRedrive: "pendingRedrive"
        }
    }
}
