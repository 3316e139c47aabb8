import Synchronization
import Telemetry
import TelemetryStore
import Terminal
import Testing

@testable import Dashboard

struct DashboardLoopTests {
    @Test func showsAFrameAndEndsWithTheTerminalRestored() async {
        let device = FakeDevice()
        await DashboardLoop.run(
            device: device, reader: TelemetryStore(), actions: NoActions(), settings: DashboardSettings())
        #expect(device.frames.withLock { $0.first?.text.contains("waiting") } == true)
        #expect(device.isRestored.withLock { $0 })
    }
}

/// Quits as soon as a frame was shown.
private final class FakeDevice: TerminalDevice {
    let events: AsyncStream<TerminalEvent>
    let frames = Mutex<[Frame]>([])
    let isRestored = Mutex(false)
    private let sender: AsyncStream<TerminalEvent>.Continuation

    init() { (events, sender) = AsyncStream.makeStream() }

    func size() async -> Size { Size(columns: 120, rows: 40) }
    func present(_ frame: Frame) async {
        frames.withLock { $0.append(frame) }
        sender.yield(.key(.character("q")))
    }
    func restore() async { isRestored.withLock { $0 = true } }
    func use(_ palette: Palette) async {}
    func captureMouse(_ isOn: Bool) async {}
    func suspend() async {}
    func copy(_ text: String) async {}
    func ring() async {}
}

private struct NoActions: DashboardActions {
    func invoke(_ function: String, _ payload: [UInt8]) async -> InvokeOutcome { InvokeOutcome(function: function) }
    func perform(_ action: ExecutionAction) async -> ExecutionOutcome { ExecutionOutcome(action: action) }
    func call(_ call: EndpointCall) async -> EndpointOutcome { EndpointOutcome(call: call) }
    func edit(_ text: String) async -> String? { nil }
    func diagnostics() async -> DiagnosticsTail { DiagnosticsTail() }
}
