import Configuration
import Dashboard
import Demo
import LocalCloud
import Synchronization
import Telemetry
import TelemetryStore

/// The example application with its customers, in this process.
struct DemoSession {
    let rate: Double
    let seed: UInt64
    let port: Int
    let folder: String
    /// Seconds after which it ends by itself.
    let limit: Int?

    /// Rarely called functions are cold each time.
    private static let idleLimit = Duration.seconds(45)

    func runHeadless() async throws {
        let cloud = try await Startup.cloud(port: port, folder: folder, idleLimit: Self.idleLimit)
        let signals = Signals()
        Console.say("fntop is listening on \(cloud.endpoint)")
        let traffic = Task {
            do {
                try await serve(cloud)
            } catch {
                Signals.end()
                throw error
            }
        }
        let timer = limit.map { limit in
            Task {
                try await Task.sleep(for: .seconds(limit))
                Signals.end()
            }
        }
        await signals.untilAskedToEnd()
        timer?.cancel()
        traffic.cancel()
        let result = await traffic.result
        await cloud.shutdown()
        if case .failure(let error) = result, !(error is CancellationError) { throw error }
    }

    func run(in session: DashboardSession) async throws {
        let store = TelemetryStore(logCap: Preferences.configuration.settings.logCapMiB * 1024 * 1024)
        let place = Place()
        let running = Task {
            let cloud = try await Startup.cloud(port: port, folder: folder, store: store, idleLimit: Self.idleLimit)
            place.set(try EndpointAddress(cloud.endpoint))
            let result = await Task { try await serve(cloud) }.cancellingResult
            await cloud.shutdown()
            try result.get()
        }
        let screen = Task {
            try await session.run(over: store, actions: EndpointActions(endpoint: { place.address }))
        }
        let timer = Task { await stop(screen, when: running) }
        let shown = await screen.result
        timer.cancel()
        running.cancel()
        let ran = await running.result
        if case .failure(let error) = ran, !(error is CancellationError) { throw error }
        try shown.get()
    }

    /// The dashboard ends with the demo: after its time, or when it could not start.
    private func stop(_ screen: Task<Void, any Error>, when running: Task<Void, any Error>) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { _ = await running.result }
            if let limit {
                group.addTask { try? await Task.sleep(for: .seconds(limit)) }
            }
            await group.next()
            group.cancelAll()
        }
        guard !Task.isCancelled else { return }
        screen.cancel()
    }

    private func serve(_ cloud: LocalCloud) async throws {
        let client = EndpointClient(try EndpointAddress(cloud.endpoint))
        let application = try await DemoApplication.deploy(to: client, folder: folder)
        for note in application.notes {
            Diagnostics.note("demo", note)
            Console.complain(note)
        }
        let traffic = TrafficGenerator(
            application: application, endpoint: client, plan: TrafficPlan(seed: seed, rate: rate))
        await traffic.run()
    }
}

/// Where the endpoint is, once it listens.
private final class Place: Sendable {
    private let value = Mutex<EndpointAddress?>(nil)

    var address: EndpointAddress? { value.withLock { $0 } }

    func set(_ address: EndpointAddress) { value.withLock { $0 = address } }
}

extension Task where Failure == any Error {
    /// The result; cancelling who waits for it cancels the task.
    fileprivate var cancellingResult: Result<Success, any Error> {
        get async {
            await withTaskCancellationHandler {
                await result
            } onCancel: {
                cancel()
            }
        }
    }
}
