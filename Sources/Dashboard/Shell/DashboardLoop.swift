import Telemetry
package import TelemetryStore
package import Terminal

/// Merges what happens, and shows a frame when it changed: one in flight, at most 60 a second, and at once for a key.
package struct DashboardLoop<Device: TerminalDevice, Reader: TelemetryReader, Actions: DashboardActions>: Sendable {
    private enum Event: Sendable {
        case terminal(TerminalEvent)
        case changed
        case tick
        case presented
        /// A sixtieth of a second is over since that frame.
        case paced(frame: Int)
        case answered(DataAnswer, DataRequest, round: Int)
        case outcome(InvokeOutcome)
        case executed(ExecutionOutcome)
        case called(EndpointOutcome)
        case edited(String?)
    }

    private let device: Device
    private let reader: Reader
    private let actions: Actions
    private let events: AsyncStream<Event>
    private let sender: AsyncStream<Event>.Continuation
    private var state: DashboardState
    private var shown: Frame?
    private var isPresenting = false
    /// The latest frame is so fresh that data wait for the next one; keys do not.
    private var isPaced = false
    private var hasKey = false
    private var frames = 0
    /// What is being asked, and in which round each request was asked last.
    private var running: [DataRequest: Task<Void, Never>] = [:]
    private var asked: [DataRequest: Int] = [:]
    /// Grows when the data or the window changed, so that everything is asked again.
    private var round = 1
    private var isOver = false

    private init(_ device: Device, _ reader: Reader, _ actions: Actions, _ settings: DashboardSettings, _ size: Size) {
        self.device = device
        self.reader = reader
        self.actions = actions
        (events, sender) = AsyncStream.makeStream()
        state = DashboardState(settings, size: size, now: .now())
        state.layOut()
    }

    /// Returns when the person quit or the terminal is gone; the terminal is restored then.
    package static func run(device: Device, reader: Reader, actions: Actions, settings: DashboardSettings) async {
        await withTaskExecutorPreference(device.executor) {
            var loop = DashboardLoop(device, reader, actions, settings, await device.size())
            await loop.run()
            await device.restore()
        }
    }

    private mutating func run() async {
        let pumps = startPumps()
        await device.captureMouse(state.hasMouse)
        show()
        ask()
        for await event in events {
            let screen = state.shownScreen
            await take(event)
            guard !isOver else { break }
            // A screen that comes up has seen no answer yet, also where another one asked the same.
            if state.shownScreen != screen { round += 1 }
            ask()
            show()
        }
        for task in pumps + Array(running.values) { task.cancel() }
    }

    private func startPumps() -> [Task<Void, Never>] {
        let (device, reader, sender) = (device, reader, sender)
        return [
            Task(executorPreference: device.executor) {
                for await event in device.events { sender.yield(.terminal(event)) }
                sender.yield(.terminal(.closed))
            },
            Task {
                for await _ in await reader.changes() {
                    sender.yield(.changed)
                    // At most ten rounds of questions a second, however fast data flow.
                    try? await Task.sleep(for: .milliseconds(100))
                }
            },
            Task {
                while !Task.isCancelled {
                    try? await Task.sleep(for: .seconds(1))
                    sender.yield(.tick)
                }
            },
        ]
    }

    private mutating func take(_ event: Event) async {
        state.tick(.now())
        switch event {
        case .terminal(let event):
            let window = (state.length, state.pausedAt, state.range)
            if event == .resumed { shown = nil }
            if case .key = event { hasKey = true }
            await perform(state.handle(event))
            if window != (state.length, state.pausedAt, state.range) { round += 1 }
        case .changed: if state.pausedAt == nil { round += 1 }
        // Rates fall while nothing happens.
        case .tick: if state.pausedAt == nil, state.dependsOnTime { round += 1 }
        case .presented: isPresenting = false
        case .paced(let frame): if frame == frames { isPaced = false }
        case .answered(let answer, let request, let round):
            running[request] = nil
            guard asked[request] == round else { return }
            await perform(state.take(answer, for: request))
            state.layOut()
        case .outcome(let outcome): await perform(state.take(outcome))
        case .executed(let outcome): await perform(state.take(outcome))
        case .called(let outcome): await perform(state.take(outcome))
        case .edited(let text):
            shown = nil
            if let text { state.take(edited: text) } else { state.note("the editor did not end well: nothing changed") }
        }
    }

    private mutating func perform(_ effects: [ShellEffect]) async {
        let (actions, sender) = (actions, sender)
        for effect in effects {
            switch effect {
            case .quit: isOver = true
            case .suspend:
                await device.suspend()
                shown = nil
            case .copy(let text): await device.copy(text)
            case .use(let palette):
                await device.use(palette)
                shown = nil
            case .captureMouse(let isOn): await device.captureMouse(isOn)
            case .invoke(let function, let payload):
                Task { sender.yield(.outcome(await actions.invoke(function, payload))) }
            case .execute(let action):
                Task { sender.yield(.executed(await actions.perform(action))) }
            case .call(let call):
                Task { sender.yield(.called(await actions.call(call))) }
            case .ring: await device.ring()
            case .edit(let text): Task { sender.yield(.edited(await actions.edit(text))) }
            }
        }
    }

    /// Asks what is wanted and not yet asked in this round; cancels what is no longer wanted.
    private mutating func ask() {
        let wanted = state.requests
        let set = Set(wanted)
        for (request, task) in running where !set.contains(request) {
            task.cancel()
            running[request] = nil
        }
        asked = asked.filter { set.contains($0.key) }
        for request in wanted where running[request] == nil && asked[request] != round {
            asked[request] = round
            let (reader, actions, sender, window, round) = (reader, actions, sender, state.window, round)
            running[request] = Task {
                let isOwn = request == .diagnostics
                let answer =
                    isOwn ? .diagnostics(await actions.diagnostics()) : await reader.answer(request, in: window)
                guard !Task.isCancelled else { return }
                sender.yield(.answered(answer, request, round: round))
            }
        }
    }

    private mutating func show() {
        guard !isPresenting, hasKey || !isPaced else { return }
        hasKey = false
        let frame = state.frame()
        guard frame != shown else { return }
        shown = frame
        isPresenting = true
        isPaced = true
        frames += 1
        let (device, sender, number) = (device, sender, frames)
        Task(executorPreference: device.executor) {
            await device.present(frame)
            sender.yield(.presented)
            try? await Task.sleep(for: .milliseconds(16))
            sender.yield(.paced(frame: number))
        }
    }
}

extension DashboardState {
    mutating func take(edited text: String) { stack[stack.count - 1].edited(text) }
}

extension TelemetryReader {
    func answer(_ request: DataRequest, in window: TimeWindow) async -> DataAnswer {
        switch request {
        case .overview(let buckets): .overview(await overview(window, buckets: buckets))
        case .function(let name, let buckets): .function(await function(name, in: window, buckets: buckets))
        case .volume(let filter, let buckets): .volume(await volume(filter, in: window, buckets: buckets))
        case .invocations(let query): .invocations(await invocations(query))
        case .invocation(let id): .invocation(await invocation(id))
        case .logs(let query): .logs(await logs(query))
        case .insights(let request): .insights(await insights(request, in: window))
        case .executions(let query): .executions(await executions(query))
        case .execution(let name): .execution(await execution(name))
        case .executionPlace(let id): .executionPlace(await execution(of: id))
        case .apis(let buckets): .apis(await apis(window, buckets: buckets))
        case .apiRequests(let query): .apiRequests(await apiRequests(query))
        case .apiRequest(let id): .apiRequest(await apiRequest(id))
        case .traces(let query): .traces(await traces(query))
        case .trace(let id): .trace(await trace(id))
        case .tracePlace(let id): .tracePlace(await tracePlace(of: id))
        case .serviceMap: .serviceMap(await serviceMap(window))
        case .tables(let buckets): .tables(await tables(window, buckets: buckets))
        case .table(let name, let buckets): .table(await table(name, in: window, buckets: buckets))
        case .tableCalls(let name): .tableCalls(await tableCalls(name))
        case .eventSources(let function): .eventSources(await eventSources(function: function))
        case .lints: .lints(await lints(window))
        // No reader knows it: the loop asks ``DashboardActions``.
        case .diagnostics: .diagnostics(DiagnosticsTail())
        case .alarms: .alarms(await alarmRows(in: window))
        case .metrics(let query, let buckets): .metrics(await metricRows(query, in: window, buckets: buckets))
        }
    }
}
