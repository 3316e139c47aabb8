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
            return ExecutionOutcome(
                action: action, failure: (error as? Failure)?.message ?? String(describing: error))
        }
    }

    func edit(_ text: String) async -> String? { nil }
}

/// Actions that need the terminal as well: an editor takes it over for a while.
struct TerminalActions<Actions: DashboardActions>: DashboardActions {
    let actions: Actions
    let terminal: NcursesTerminal

    func invoke(_ function: String, _ payload: [UInt8]) async -> InvokeOutcome {
        await actions.invoke(function, payload)
    }

    func perform(_ action: ExecutionAction) async -> ExecutionOutcome { await actions.perform(action) }

    func edit(_ text: String) async -> String? {
        guard let editor = ["VISUAL", "EDITOR"].compactMap(Preferences.variable).first(where: { !$0.isEmpty }),
            let folder = try? PrivateFolder()
        else { return nil }
        defer { folder.remove() }
        let path = "\(folder.path)/event.json"
        guard Console.write(text, toFile: path) else { return nil }
        // The variable is a command of the person's own shell, as for git and others.
        guard await terminal.run("\(editor) '\(path)' </dev/tty >/dev/tty 2>&1") else { return nil }
        return (try? Console.readFile(path)).map { String(decoding: $0, as: UTF8.self) }
    }
}

/// Where own diagnostics go while the screen is shown.
enum DiagnosticsLog {
    static let path: String? = {
        let base = Preferences.variable("XDG_STATE_HOME") ?? Preferences.variable("HOME").map { "\($0)/.local/state" }
        guard let base else { return nil }
        for folder in [base, "\(base)/fntop"] { mkdir(folder, 0o700) }
        return "\(base)/fntop/fntop.log"
    }()
}
