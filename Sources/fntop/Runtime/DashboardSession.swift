import Collector
import Configuration
import Dashboard
import Glibc
import HTTPTransport
import NIOPosix
import NcursesTerminal
import Telemetry
import TelemetryStore
import Terminal

/// The dashboard in this terminal: opened before anything else, so that the first frame is there at once.
struct DashboardSession {
    let options: ScreenOptions
    /// What is watched, for the top line.
    let title: String
    /// What quitting would stop.
    var stops: String?
    /// Where clients reach what is watched.
    var endpoint: String?

    /// Attaches to an endpoint and shows it until the person quits.
    func run(attachedTo address: EndpointAddress) async throws {
        let store = TelemetryStore(logCap: Preferences.configuration.settings.logCapMiB * 1024 * 1024)
        let stream = HTTPEventStream(
            client: .shared, group: MultiThreadedEventLoopGroup.singleton, host: address.host, port: address.port)
        let source = AttachedSource(name: address.description, store: store, opening: stream)
        let reading = Task { await source.run() }
        defer { reading.cancel() }
        try await run(over: store, actions: EndpointActions(endpoint: { address }))
    }

    /// Shows a store until the person quits.
    ///
    /// - Throws: ``Failure`` when there is no terminal.
    func run(over store: TelemetryStore, actions: some DashboardActions, notices: [String] = []) async throws {
        let configuration = Configuration(
            variable: Preferences.variable, executable: Preferences.executableFolder, theme: options.theme)
        var settings = try settings(configuration)
        let terminal: NcursesTerminal
        do {
            terminal = try await NcursesTerminal.open(
                TerminalOptions(
                    palette: configuration.palette, mouse: settings.capturesMouse,
                    ascii: options.ascii || configuration.settings.ascii, errorLog: DiagnosticsLog.path))
        } catch {
            throw Failure("fntop cannot show its screen: \(error)")
        }
        let capabilities = await terminal.capabilities
        settings.glyphs = capabilities.glyphs
        settings.hasColors = capabilities.colors != .none
        settings.notices = configuration.notes + capabilities.notes + notices
        await DashboardLoop.run(
            device: terminal, reader: store, actions: TerminalActions(actions: actions, terminal: terminal),
            settings: settings)
        if let signal = terminal.endingSignal { throw Ended(signal: signal) }
    }

    private func settings(_ configuration: Configuration) throws -> DashboardSettings {
        var settings = DashboardSettings()
        settings.application = title
        settings.endpoint = endpoint
        settings.capturesMouse = configuration.settings.mouse && !options.noMouse
        settings.themes = configuration.themes
        settings.ringsOnAlarm = configuration.settings.bell
        settings.stopsOnQuit = stops
        settings.keys = configuration.settings.keys.mapValues { $0.compactMap { Key(name: $0) } }
        if let window = options.window { settings.window = .seconds(Int64(try TimeText.seconds(window))) }
        return settings
    }
}

/// The program was asked to end by a signal while the dashboard was shown.
struct Ended: Error {
    let signal: Int32
}

/// Calls functions through the endpoint, as any client does.
struct EndpointActions: DashboardActions {
    let endpoint: @Sendable () async -> EndpointAddress?

    func invoke(_ function: String, _ payload: [UInt8]) async -> InvokeOutcome {
        guard let address = await endpoint() else {
            return InvokeOutcome(function: function, failure: "the endpoint is still starting: try again")
        }
        let began = Timestamp.now()
        do {
            let reply = try await EndpointClient(address).invoke(function, payload: payload)
            return InvokeOutcome(
                function: function, requestID: RequestID(reply.requestID), failure: reply.failure,
                duration: .now() - began, payload: reply.payload)
        } catch {
            let message = (error as? Failure)?.message ?? String(describing: error)
            Diagnostics.note("invoke", "\(function): \(message)")
            return InvokeOutcome(function: function, failure: message, duration: .now() - began)
        }
    }

    func perform(_ action: ExecutionAction) async -> ExecutionOutcome {
        guard let address = await endpoint() else {
            return ExecutionOutcome(action: action, failure: "the endpoint is still starting: try again")
        }
        do {
            return try await EndpointClient(address).perform(action)
        } catch {
            let message = (error as? Failure)?.message ?? String(describing: error)
            Diagnostics.note("execution", "\(action): \(message)")
            return ExecutionOutcome(action: action, failure: message)
        }
    }

    func call(_ call: EndpointCall) async -> EndpointOutcome {
        guard let address = await endpoint() else {
            return EndpointOutcome(call: call, failure: "the endpoint is still starting: try again")
        }
        let began = Timestamp.now()
        do {
            let output = try await EndpointClient(address).call(call)
            return EndpointOutcome(call: call, output: output, duration: .now() - began)
        } catch {
            let message = (error as? Failure)?.message ?? String(describing: error)
            return EndpointOutcome(call: call, failure: message, duration: .now() - began)
        }
    }

    func edit(_ text: String) async -> String? { nil }

    func diagnostics() async -> DiagnosticsTail { await DiagnosticsLog.newest() }
}

/// Actions that need the terminal as well: an editor takes it over for a while.
struct TerminalActions<Actions: DashboardActions>: DashboardActions {
    let actions: Actions
    let terminal: NcursesTerminal

    func invoke(_ function: String, _ payload: [UInt8]) async -> InvokeOutcome {
        await actions.invoke(function, payload)
    }

    func perform(_ action: ExecutionAction) async -> ExecutionOutcome { await actions.perform(action) }

    func call(_ call: EndpointCall) async -> EndpointOutcome { await actions.call(call) }

    func edit(_ text: String) async -> String? {
        guard let editor = ["VISUAL", "EDITOR"].compactMap(Preferences.variable).first(where: { !$0.isEmpty }) else {
            Diagnostics.note("editor", "neither VISUAL nor EDITOR is set")
            return nil
        }
        do {
            let folder = try PrivateFolder()
            defer { folder.remove() }
            let path = "\(folder.path)/event.json"
            guard Console.write(text, toFile: path) else { throw Failure("\(path) cannot be written") }
            // The variable is a command of the person's own shell, as for git and others.
            guard await terminal.run("\(editor) '\(path)' </dev/tty >/dev/tty 2>&1") else {
                throw Failure("\(editor) ended with an error")
            }
            return String(decoding: try Console.readFile(path), as: UTF8.self)
        } catch {
            Diagnostics.note("editor", (error as? Failure)?.message ?? String(describing: error))
            return nil
        }
    }

    func diagnostics() async -> DiagnosticsTail { await actions.diagnostics() }
}
