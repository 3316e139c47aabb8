import Collector
import Configuration
import HTTPTransport
import NIOPosix
import TelemetryStore

/// A store filled with what an endpoint still knows, for commands without a screen.
struct AttachedStore {
    let store: TelemetryStore
    private let reading: Task<Void, Never>

    /// - Throws: ``Failure`` with the status for "unreachable".
    static func open(_ address: EndpointAddress) async throws -> AttachedStore {
        guard await EndpointClient(address).answers() else {
            throw Failure(
                "No fntop answers at \(address). Start one with: fntop up --headless", status: .unreachable)
        }
        let store = TelemetryStore(logCap: Preferences.configuration.settings.logCapMiB * 1024 * 1024)
        let stream = HTTPEventStream(
            client: .shared, group: MultiThreadedEventLoopGroup.singleton, host: address.host, port: address.port)
        let source = AttachedSource(name: address.description, store: store, opening: stream)
        let reading = Task { await source.run() }
        await source.caughtUp()
        return AttachedStore(store: store, reading: reading)
    }

    func close() { reading.cancel() }
}
