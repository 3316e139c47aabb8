import AWSCore
import JSON
import StatesLanguage
import Synchronization
import Telemetry

/// What a distributed Map gives when all children have ended.
struct MapResults: Sendable {
    let run: MapRun
    let children: [MapRun.Child]

    func output() async throws(TaskFailure) -> JSON {
        let writer = run.request.resultWriter
        let transformation = writer?["WriterConfig"]?["Transformation"]?.string
        guard let writer, writer["Resource"] != nil else { return .array(results(transformation ?? "COMPACT")) }
        return try await write(writer, transformation ?? "NONE")
    }

    private var succeeded: [MapRun.Child] { children.filter { $0.outcome?.status == .succeeded } }

    private func results(_ transformation: String) -> [JSON] {
        switch transformation {
        case "NONE": return children.map(description)
        case "FLATTEN":
            return succeeded.flatMap { child -> [JSON] in
                let output = child.outcome?.output ?? .null
                return output.array ?? [output]
            }
        default: return succeeded.map { $0.outcome?.output ?? .null }
        }
    }

    /// A child with all that is known of it, as the result files have it.
    private func description(_ child: MapRun.Child) -> JSON {
        let runner = child.arn.flatMap { run.world.executions[$0] }
        return .members([
            "ExecutionArn": .text(child.arn), "Input": .string(child.input.text), "InputDetails": ["Included": true],
            "Name": .text(runner?.record.identity.name), "Output": .text(child.outcome?.output?.text),
            "OutputDetails": child.outcome?.output == nil ? .none : ["Included": true],
            "Error": .text(child.outcome?.error), "Cause": .text(child.outcome?.cause),
            "StartDate": .text(runner.map { Self.time($0.record.identity.started) }),
            "StateMachineArn": .text(runner?.record.identity.machineARN),
            "Status": .text(child.outcome?.status.rawValue), "StopDate": .text(runner?.facts.stopped.map(Self.time)),
        ])
    }

    private static func time(_ time: Timestamp) -> String {
        ISOTime.text(milliseconds: time.milliseconds, hasMilliseconds: true)
    }

    private func write(_ writer: JSON, _ transformation: String) async throws(TaskFailure) -> JSON {
        let bucket = writer["Parameters"]?["Bucket"]?.string ?? ""
        let prefix = writer["Parameters"]?["Prefix"]?.string.map { $0 + "/" } ?? ""
        let folder = prefix + (run.arn.split(separator: ":").last.map(String.init) ?? "")
        let isLines = writer["WriterConfig"]?["OutputType"]?.string == "JSONL"
        var files: [(String, [JSON])] = []
        if transformation == "NONE" {
            files.append(("SUCCEEDED", succeeded.map(description)))
        } else {
            files.append(("SUCCEEDED", results(transformation)))
        }
        files.append(("FAILED", children.filter { $0.outcome?.status != .succeeded }.map(description)))
        var manifest = JSONObject([
            ("DestinationBucket", .string(bucket)), ("MapRunArn", .string(run.arn)),
        ])
        var named = JSONObject()
        for (name, results) in files {
            var entries: [JSON] = []
            if !results.isEmpty {
                let key = "\(folder)/\(name)_0.\(isLines ? "jsonl" : "json")"
                let text = isLines ? results.map(\.text).joined(separator: "\n") : JSON.array(results).text
                try await put(bucket, key, text)
                entries.append(["Key": .string(key), "Size": .int(text.utf8.count)])
            }
            named[name] = .array(entries)
        }
        named["PENDING"] = []
        manifest["ResultFiles"] = .object(named)
        let key = "\(folder)/manifest.json"
        try await put(bucket, key, JSON.object(manifest).text)
        run.state.withLock { $0.hasResultsWritten = true }
        return [
            "MapRunArn": .string(run.arn),
            "ResultWriterDetails": ["Bucket": .string(bucket), "Key": .string(key)],
        ]
    }

    private func put(_ bucket: String, _ key: String, _ text: String) async throws(TaskFailure) {
        do throws(ServiceError) {
            let context = CallContext(
                requestID: RequestID().description, region: run.parent.record.region,
                traceHeader: run.parent.record.traceHeader(of: run.request.id))
            let input: JSON = ["Bucket": .string(bucket), "Key": .string(key), "Body": .string(text)]
            _ = try await run.world.caller.call("s3", "PutObject", input, context: context)
        } catch {
            throw TaskFailure("States.ResultWriterFailed", "PutObject of s3: \(error.message)")
        }
    }
}
