import APIGateway
import AWSCore
import CloudWatch
package import Collector
import DynamoDB
import HTTPTransport
import JSON
import Lambda
package import NIOCore
import NIOPosix
import StepFunctions
import Synchronization
import Telemetry
package import TelemetryStore
import XRay

/// All services behind one port, with the telemetry that they emit.
package final class LocalCloud: Sendable {
    /// `http://127.0.0.1:4566`
    package let endpoint: String
    package let port: Int
    package let store: TelemetryStore
    package let source: LocalSource
    /// Files of the data folder that could not be read; they are left as they are.
    package let unreadable: [String]
    /// Alarms of the settings that CloudWatch refuses, with its reasons.
    package let refusedAlarms: [String]
    /// `http://127.0.0.1:8080`, if the first API has a port of its own.
    package let apiEndpoint: String?
    private let server: HTTPServer
    private let apiServer: HTTPServer?
    private let client: HTTPClient
    private let lambda: LambdaService
    private let states: StepFunctionsService
    private let tables: DynamoDBService
    private let drain: Task<Void, Never>
    private let watching: Task<Void, Never>
    /// `nil` where the system did not give the port.
    private let daemon: XRayDaemon?

    private init(
        store: TelemetryStore, source: LocalSource, server: HTTPServer, apiServer: HTTPServer?, client: HTTPClient,
        lambda: LambdaService, states: StepFunctionsService, tables: DynamoDBService, drain: Task<Void, Never>,
        watching: Task<Void, Never>, daemon: XRayDaemon?, unreadable: [String], refusedAlarms: [String]
    ) {
        self.refusedAlarms = refusedAlarms
        self.watching = watching
        self.unreadable = unreadable
        self.store = store
        self.source = source
        self.server = server
        self.apiServer = apiServer
        self.client = client
        apiEndpoint = apiServer.map { Self.address($0.port) }
        self.lambda = lambda
        self.states = states
        self.tables = tables
        self.drain = drain
        self.daemon = daemon
        port = server.port
        endpoint = Self.address(server.port)
    }

    private static func address(_ port: Int) -> String { "http://127.0.0.1:\(port)" }

    /// - Parameters:
    ///   - group: the event loops of all servers and environments.
    ///   - store: where the telemetry goes; one of its own when none is given.
    /// - Throws: `HTTPServerError` when the port cannot be had.
    package static func start(
        _ settings: CloudSettings,
        group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
        store: TelemetryStore? = nil
    ) async throws -> LocalCloud {
        let store = store ?? TelemetryStore(logCap: settings.logCap)
        let source = LocalSource(store: store)
        let address = Address()
        var lambdaSettings = LambdaSettings(
            directory: settings.folder, simultaneousStarts: 2 * System.coreCount, endpoint: { address.value })
        lambdaSettings.idleLimit = settings.idleLimit
        lambdaSettings.dataFolder = settings.dataFolder.map { "\($0)/lambda" }
        let caller = LocalCaller(source: source, address: address)
        let signals = StreamSignals()
        let lambda = try LambdaService(
            group: group, sink: source, settings: lambdaSettings, caller: caller, signal: signals)
        var unreadable = await lambda.restore()
        let flush: @Sendable () async -> Void = { await source.flush() }
        let client = HTTPClient(group: group)
        let gateway = APIGatewayService(
            invoker: lambda, caller: caller, client: client, sink: source,
            folder: settings.dataFolder.map { "\($0)/apigateway" }, address: { address.value })
        unreadable += gateway.restore()
        var statesSettings = StatesSettings(simultaneousInvocations: 2 * System.coreCount)
        statesSettings.journalPath = settings.dataFolder.map { "\($0)/states.sqlite" }
        statesSettings.mockConfiguration = settings.mockConfiguration
        let states = try await StepFunctionsService.open(
            sink: source, invoker: lambda, caller: caller, settings: statesSettings)
        var tableSettings = DynamoDBSettings(
            path: settings.dataFolder.map { "\($0)/dynamodb.sqlite" }, sink: source)
        tableSettings.signals = signals
        let tables = try DynamoDBService(tableSettings)
        let xray = XRayService(context: XRayContext(store: store, sink: source, flush: flush))
        let alarms = AlarmKeeper(
            store: store, sink: source, invoker: lambda, caller: caller,
            path: settings.dataFolder.map { "\($0)/alarms.json" })
        let services: [any Service] = [
            lambda, tables, gateway, states,
            CloudWatchLogsService(context: LogsContext(store: store, sink: source, flush: flush)),
            CloudWatchService(context: MetricsContext(store: store, sink: source, alarms: alarms, flush: flush)), xray,
        ]
        caller.connect(services)
        let dispatcher = Dispatcher(
            services: services, gateway: gateway, source: source, store: store, address: address,
            version: settings.version)
        let server: HTTPServer
        var apiServer: HTTPServer?
        do {
            server = try await HTTPServer.start(group: group, port: settings.port, handler: dispatcher)
            if let port = settings.apiPort {
                do {
                    let first = FirstAPI(gateway: gateway, address: address)
                    apiServer = try await HTTPServer.start(group: group, port: port, handler: first)
                } catch {
                    await server.shutdown(within: .zero)
                    throw error
                }
            }
        } catch {
            // Nothing of the services may be left when the port cannot be had.
            await states.shutdown()
            await lambda.shutdown()
            await tables.context.close()
            source.close()
            throw error
        }
        address.set(Self.address(server.port))
        let daemon = await XRayDaemon.start(group: group, port: server.port) { xray.take(datagram: $0) }
        let drain = Task { await source.run() }
        let unreadableAlarms = await alarms.restore()
        let refusedAlarms = await declare(settings.alarms, by: caller)
        let watching = Task { await alarms.run() }
        // What went on when the runtime stopped goes on now that all that it may call is there.
        await states.resume()
        await tables.context.resume()
        lambda.resume()
        return LocalCloud(
            store: store, source: source, server: server, apiServer: apiServer, client: client, lambda: lambda,
            states: states, tables: tables, drain: drain, watching: watching, daemon: daemon,
            unreadable: unreadable + unreadableAlarms, refusedAlarms: refusedAlarms)
    }

    private static func declare(_ alarms: [JSON], by caller: any ServiceCaller) async -> [String] {
        var refused: [String] = []
        for input in alarms {
            do throws(ServiceError) {
                _ = try await caller.call("monitoring", "PutMetricAlarm", input, context: CallContext())
            } catch {
                refused.append("alarm \(input["AlarmName"]?.string ?? ""): \(error.message)")
            }
        }
        return refused
    }

    /// Stops taking requests, ends all functions, and stores what they still said.
    package func shutdown() async {
        watching.cancel()
        await states.shutdown()
        async let functions: Void = lambda.shutdown()
        source.endSubscriptions()
        await apiServer?.shutdown(within: .seconds(2))
        await daemon?.stop()
        await server.shutdown(within: .seconds(2))
        client.close()
        await functions
        await tables.context.close()
        await source.flush()
        source.close()
        await drain.value
    }
}

/// The endpoint's address, known once it listens.
final class Address: Sendable {
    private let text = Mutex("")

    var value: String { text.withLock { $0 } }

    func set(_ value: String) { text.withLock { $0 = value } }
}
