import Glibc
import HTTPTransport
import NIOCore
import NIOPosix
import Telemetry

extension EnvironmentCore {
    /// Starts the extensions, then the runtime.
    func launch() {
        attempt += 1
        initStart = .now()
        runtimeSpoke = nil
        initError = nil
        machine = RuntimeMachine()
        let programs = extensionPrograms
        extensions = ExtensionsMachine(external: Set(programs.keys.sorted().prefix(ExtensionsMachine.limit)))
        if attempt == 1 {
            let limit = later(in: settings.initLimit) { $0.initTookTooLong() }
            initLimit = limit
            let configuration = function.configuration
            say(
                .initStart(
                    runtime: runtimeVersion, function: function.name, version: configuration.version,
                    stream: logStream, memory: configuration.memoryMiB))
            show(.starting)
        }
        guard extensions.external.isEmpty else {
            for name in extensions.external.sorted() { start(programs[name] ?? name, [], name: name) }
            return
        }
        startRuntime()
    }

    /// Paths by name: of the code, and of what is in its layers.
    private var extensionPrograms: [String: String] {
        var programs: [String: String] = [:]
        for folder in [function.code.directory] + layers {
            for name in Files.names(in: "\(folder)/extensions") where programs[name] == nil {
                let path = "\(folder)/extensions/\(name)"
                if Files.isExecutable(path) { programs[name] = path }
            }
        }
        return programs
    }

    private var runtimeVersion: String {
        switch function.runtime {
        case .interpreter(let interpreter, _):
            "\(function.configuration.runtime.prefix { $0.isLetter }):\(interpreter.version)"
        case .bootstrap, .missing: function.configuration.runtime
        }
    }

    func startRuntime() {
        switch function.runtime {
        case .bootstrap:
            let paths = ([function.code.directory] + layers).map { "\($0)/bootstrap" }
            start(paths.first(where: Files.isExecutable) ?? paths[0], [], name: nil)
        case .interpreter(let interpreter, _):
            let name = interpreter.path.contains("node") ? Bootstrap.nodeName : Bootstrap.pythonName
            start(interpreter.path, ["\(settings.directory)/runtime/\(name)"], name: nil)
        case .missing(let reason): initFailed("Runtime.InvalidEntrypoint", message: reason)
        }
    }

    /// - Parameter name: of an extension; `nil` for the runtime.
    private func start(_ path: String, _ arguments: [String], name: String?) {
        let variables = EnvironmentVariables(core: self)
        let program = Program(
            path: path, arguments: arguments,
            environment: name == nil
                ? variables.forRuntime(settings.endpoint()) : variables.forExtensions(settings.endpoint()),
            directory: function.code.directory)
        let attempt = attempt
        let environment = environment
        // On a thread of NIO's own pool, which lives as long as the program: see `cp_spawn`.
        NIOThreadPool.singleton
            .runIfActive(eventLoop: loop) {
                Result { () throws(Program.Failure) in
                    try program.start(withRecords: name == nil)
                }
            }
            .whenComplete { result in
                guard case .success(let started) = result else { return }
                guard let core = environment.core, core.attempt == attempt, core.phase != .ended else {
                    if case .success(let late) = started { Self.discard(late) }
                    return
                }
                core.started(started, name: name)
            }
    }

    /// It started when nobody wanted it any longer.
    private static func discard(_ started: Program.Started) {
        kill(-started.process, SIGKILL)
        Glibc.close(started.output)
        if let records = started.records { Glibc.close(records) }
        ProcessWatcher.watch(started.process) { _ in }
    }

    private func started(_ result: Result<Program.Started, Program.Failure>, name: String?) {
        let started: Program.Started
        switch result {
        case .success(let value): started = value
        case .failure(let failure):
            let path = failure.path
            let type = name == nil ? "Runtime.InvalidEntrypoint" : "Extension.LaunchError"
            initFailed(type, message: "Couldn't find or start \(path): \(failure)")
            return
        }
        let environment = environment
        let bound = NIOLoopBound(self, eventLoop: loop)
        let child = ChildProcess(started, name: name ?? "runtime", loop: loop) { bound.value.readLogs() }
        if name == nil { runtime = child } else { extensionProcesses.append(child) }
        let loop = loop
        ProcessWatcher.watch(started.process) { exit in
            loop.execute {
                guard environment.core != nil else { return }
                bound.value.ended(process: started.process, exit)
            }
        }
    }

    /// The runtime asked for work for the first time, or an extension did: init may be done.
    func checkReady() {
        guard phase == .initializing, machine.state == .ready, extensions.areAllWaiting,
            extensions.allExternalRegistered
        else { return }
        initLimit?.cancel()
        extensions.close()
        let duration = Microseconds(.now() - initStart)
        let phaseName: PlatformEvent.InitPhase = current == nil ? .`init` : .invoke
        initDuration = current == nil ? duration : nil
        knownInitDuration = duration
        say(.initRuntimeDone(phase: phaseName, status: "success", errorType: nil))
        say(.initReport(phase: phaseName, status: "success", errorType: nil, duration: duration))
        if let runtime { memory.look(at: runtime.process) }
        show(.ready)
        guard current == nil else {
            phase = .running
            deliver()
            return
        }
        free()
    }

    private func initTookTooLong() {
        guard phase == .initializing, current == nil else { return }
        readLogs()
        initFailed("Sandbox.Timedout", message: "", status: "timeout")
    }

    /// Init went wrong. As Lambda does, it is tried once more in the time of an invocation, if one waits.
    func initFailed(_ type: String, message: String, body: [UInt8]? = nil, status: String = "error") {
        guard phase == .initializing else { return }
        initLimit?.cancel()
        let duration = Microseconds(.now() - initStart)
        let phaseName: PlatformEvent.InitPhase = current == nil ? .`init` : .invoke
        say(.initRuntimeDone(phase: phaseName, status: status, errorType: status == "error" ? type : nil))
        say(
            .initReport(
                phase: phaseName, status: status, errorType: status == "error" ? type : nil, duration: duration))
        guard current == nil else {
            fail(type, message: message, body: body, reason: type)
            return
        }
        killProcesses()
        show(.failed, reason: message.isEmpty ? type : message)
        guard let job = environments.claim(environment.number) else {
            end(reason: type)
            return
        }
        begin(job)
        current?.isInitPartOfIt = true
        launch()
    }

    func killProcesses() {
        for child in [runtime].compactMap({ $0 }) + extensionProcesses { child.signal(SIGKILL) }
        runtime = nil
        extensionProcesses = []
        runtimeQuestion = nil
        extensionQuestions = [:]
        subscribers = []
    }

    /// A process of this environment ended by itself.
    private func ended(process: pid_t, _ exit: ProcessExit) {
        guard let child = ([runtime].compactMap { $0 } + extensionProcesses).first(where: { $0.process == process })
        else { return }
        finishLogs(of: child)
        // What it left behind in its group goes with it.
        kill(-process, SIGKILL)
        guard phase != .ended else {
            extensionProcesses.removeAll { $0.process == process }
            if runtime?.process == process { runtime = nil }
            if extensionProcesses.isEmpty, runtime == nil { close() }
            return
        }
        let isRuntime = process == runtime?.process
        let type = isRuntime ? "Runtime.ExitError" : "Extension.Crash"
        let message =
            isRuntime
            ? exit == .status(0)
                ? "Runtime exited without providing a reason" : "Runtime exited with error: \(exit.text)"
            : "exit code \(exit.text)"
        switch phase {
        case .initializing:
            let reported = initError
            initFailed(reported?.type ?? type, message: message, body: reported?.body)
        case .running: fail(type, message: message, reason: exit.text)
        case .idle: end(reason: exit.text)
        case .ended: break
        }
    }
}
