import AWSCore
import HTTPTransport
import JSON
import NIOCore
import Telemetry

/// The state of an execution environment; lives on its event loop and nowhere else.
final class EnvironmentCore {
    enum Phase: Hashable {
        case initializing, idle, running, ended
    }

    /// One invocation being served.
    struct Run {
        let job: InvocationJob
        var started: NIODeadline
        /// The runtime has it.
        var isDelivered = false
        var isStartLogged = false
        var answeredAt: NIODeadline?
        var outcome: InvocationOutcome?
        var errorType: String?
        var errorMessage: String?
        var timeout: Scheduled<Void>?
        /// From acceptance to delivery.
        var queued = Microseconds.zero
        var isInitPartOfIt = false
        var isTellingLag = false
    }

    let environment: Environment
    let environments: Environments
    let function: LambdaFunction
    let logStream: String
    /// The folders of its layers; one that covers others stands before them.
    let layers: [String]
    let settings: LambdaSettings
    let loop: any EventLoop

    var phase = Phase.initializing
    var server: HTTPServer?
    var machine = RuntimeMachine()
    var extensions = ExtensionsMachine()
    var runtimeQuestion: HTTPExchange?
    var extensionQuestions: [String: HTTPExchange] = [:]
    var subscribers: [TelemetrySubscriber] = []

    /// Counts starts of the processes: init is tried twice.
    var attempt = 0
    /// The last of these that started the runtime.
    var runtimeStarts = 0
    var runtime: ChildProcess?
    var extensionProcesses: [ChildProcess] = []
    var initStart = NIODeadline.now()
    var runtimeSpoke: NIODeadline?
    var initLimit: Scheduled<Void>?
    /// What the runtime reported of a failed init.
    var initError: (type: String, body: [UInt8])?
    /// For the REPORT line of the first invocation.
    var initDuration: Microseconds?
    var isInitReported = false

    var current: Run?
    var log: EnvironmentLog
    var memory = MemoryWatch()
    var isBusyShown = false
    var sampling: RepeatedTask?

    init(environment: Environment, environments: Environments, function: LambdaFunction) {
        self.environment = environment
        self.environments = environments
        self.function = function
        settings = environments.settings
        layers = environments.layers.directories(of: function.configuration.layers).reversed()
        loop = environment.loop
        logStream = "\(Timestamp.now().datePath)/[\(function.configuration.version)]\(environment.id)"
        log = EnvironmentLog(
            group: function.configuration.logGroup, stream: logStream, function: function.name,
            isJSON: function.configuration.isJSONLog, sink: environments.sink)
    }

    /// Calls `body` on the loop later, if this is still alive then.
    func later(in delay: Duration, _ body: @escaping @Sendable (EnvironmentCore) -> Void) -> Scheduled<Void> {
        let environment = environment
        return loop.scheduleTask(in: TimeAmount(delay)) { environment.run(body) }
    }

    func show(_ state: EnvironmentChange.State, reason: String? = nil) {
        let change = EnvironmentChange(
            id: environment.id, function: function.name, state: state, processID: runtime?.process ?? 0,
            logStream: logStream, residentBytes: memory.resident,
            initDuration: state == .starting ? nil : shownInitDuration,
            runtimeStart: runtimeSpoke.map { Microseconds(Duration($0 - initStart)) }, reason: reason)
        environments.sink.emit(TelemetryEvent(.environment(change)))
    }

    private var shownInitDuration: Microseconds? { knownInitDuration }
    var knownInitDuration: Microseconds?

    func say(_ event: PlatformEvent) {
        let now = Timestamp.now()
        log.platform(event, at: now, id: current?.job.id)
        guard !subscribers.isEmpty else { return }
        for subscriber in subscribers where subscriber.wantsPlatform { subscriber.put(event.json(at: now)) }
    }
}

extension Microseconds {
    init(_ amount: TimeAmount) { self.init(amount.nanoseconds / 1000) }
}
