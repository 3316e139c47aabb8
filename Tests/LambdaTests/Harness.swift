import AWSCore
import Glibc
import JSON
import NIOPosix
import Synchronization
import Telemetry

@testable import Lambda

/// A Lambda service with folders of its own, and all that it said.
final class Harness: Sendable {
    let service: LambdaService
    let sink = RecordingSink()
    private let directory: String

    init(_ change: (inout LambdaSettings) -> Void = { _ in }, caller: any ServiceCaller = NoServices()) throws {
        directory = "/tmp/fntop-lambda-tests-\(getpid())-\(Hexadecimal.random(8))"
        var settings = LambdaSettings(directory: directory, simultaneousStarts: 4) { "http://127.0.0.1:1" }
        change(&settings)
        service = try LambdaService(
            group: MultiThreadedEventLoopGroup.singleton, sink: sink, settings: settings, caller: caller)
    }

    /// Runs `body`, then ends everything and removes the files.
    static func run(
        _ change: (inout LambdaSettings) -> Void = { _ in },
        caller: any ServiceCaller = NoServices(),
        _ body: (Harness) async throws -> Void
    ) async throws {
        let harness = try Harness(change, caller: caller)
        do {
            try await body(harness)
        } catch {
            await harness.finish()
            throw error
        }
        await harness.finish()
    }

    private func finish() async {
        await service.shutdown()
        Files.remove(directory)
    }

    func call(
        _ method: String, _ path: String, _ body: JSON? = nil, headers: HTTPHeaders = [:],
        query: [(name: String, value: String)] = []
    ) async -> ServiceResponse {
        await service.respond(
            to: ServiceRequest(method: method, path: path, query: query, headers: headers, body: body?.bytes ?? []))
    }

    /// Creates a function from files in a folder.
    func create(
        _ files: [String: String], name: String = "f", runtime: String = "python3.12", handler: String = "app.handler",
        _ more: JSON = [:]
    ) async throws {
        let folder = "\(directory)/folders/\(name)"
        for (file, text) in files {
            let path = "\(folder)/\(file)"
            try Files.makeDirectory(
                String(path.prefix { _ in true }.dropLast(file.split(separator: "/").last?.count ?? 0)))
            let isProgram = text.hasPrefix("#!")
            try Files.write(Array(text.utf8), to: path, mode: isProgram ? 0o755 : 0o644)
        }
        var input: JSON = [
            "FunctionName": .string(name), "Runtime": .string(runtime), "Handler": .string(handler),
            "Role": "arn:aws:iam::000000000000:role/any",
            "Code": ["S3Bucket": .string(CodeStore.localBucket), "S3Key": .string(folder)],
        ]
        for (key, value) in more.object ?? JSONObject() { input[key] = value }
        let response = await call("POST", "/2015-03-31/functions", input)
        guard response.status == 201 else { throw Unexpected(text: String(decoding: response.body, as: UTF8.self)) }
    }

    func invoke(_ name: String = "f", _ payload: JSON = [:], headers: HTTPHeaders = [:]) async -> ServiceResponse {
        await call("POST", "/2015-03-31/functions/\(name)/invocations", payload, headers: headers)
    }

    struct Unexpected: Error { let text: String }
}

/// An endpoint without other services.
struct NoServices: ServiceCaller {
    func call(
        _ service: String, _ operation: String, _ input: JSON, context: CallContext
    ) async throws(ServiceError) -> JSON {
        throw ServiceError("NotImplemented", "fntop does not serve \(operation) of \(service)", status: 501)
    }
}

/// Keeps all events, and lets tests wait for one.
final class RecordingSink: TelemetrySink {
    private struct State {
        var events: [TelemetryEvent] = []
        var waiting: [(test: @Sendable (TelemetryEvent) -> Bool, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    func emit(_ event: TelemetryEvent) {
        let met = state.withLock { state in
            state.events.append(event)
            let place = state.waiting.partition { $0.test(event) }
            let met = Array(state.waiting[place...])
            state.waiting.removeSubrange(place...)
            return met
        }
        for one in met { one.continuation.resume() }
    }

    /// Returns when such an event has come, also one that came before.
    func wait(for test: @escaping @Sendable (TelemetryEvent) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.events.contains(where: test) { return true }
                state.waiting.append((test, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    var events: [TelemetryEvent] { state.withLock { $0.events } }

    var lines: [String] {
        events.flatMap { event -> [String] in
            guard case .log(let batch) = event.kind else { return [] }
            return (0..<batch.count).map { String(decoding: batch.message($0), as: UTF8.self) }
        }
    }

    func metrics(_ name: String) -> [CustomMetric] {
        events.compactMap { event in
            guard case .metric(let metric) = event.kind, metric.name == name else { return nil }
            return metric
        }
    }

    var ends: [InvocationEnd] {
        events.compactMap { event in
            guard case .invocationFinished(let end) = event.kind else { return nil }
            return end
        }
    }

    func waitForEnds(_ count: Int) async {
        let seen = Mutex(0)
        await wait { event in
            guard case .invocationFinished = event.kind else { return false }
            return seen.withLock { seen in
                seen += 1
                return seen >= count
            }
        }
    }
}
