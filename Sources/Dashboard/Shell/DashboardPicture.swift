import Telemetry
package import TelemetryStore
package import Terminal

/// One frame of a screen without a terminal.
package enum DashboardPicture {
    /// What a screen asks for may depend on the answers: more rounds than this are never needed.
    private static let mostRounds = 4

    /// - Parameters:
    ///   - route: what is opened; `.functions` is where the dashboard begins.
    ///   - actions: for what a screen reads from the endpoint; nothing else is done.
    package static func frame(
        of route: Route, size: Size, reader: any TelemetryReader, settings: DashboardSettings,
        actions: (any DashboardActions)? = nil
    ) async -> Frame {
        var state = DashboardState(settings, size: size, now: .now())
        if let digit = ScreenCatalog.digit(of: route) { state.show(tab: digit) }
        if !ScreenCatalog.tabs.contains(where: { $0.route == route }) { state.open(route) }
        state.layOut()
        var answered: Set<DataRequest> = []
        for _ in 0..<mostRounds {
            let open = state.requests.filter { !answered.contains($0) }
            guard !open.isEmpty else { break }
            for request in open {
                answered.insert(request)
                let effects = state.take(await reader.answer(request, in: state.window), for: request)
                if let actions { await read(effects, actions, &state) }
                state.layOut()
            }
        }
        return state.frame()
    }

    /// What is read may lead to more that is to be read.
    private static func read(
        _ effects: [ShellEffect], _ actions: any DashboardActions, _ state: inout DashboardState
    ) async {
        var open = effects
        for _ in 0..<mostRounds where !open.isEmpty {
            var next: [ShellEffect] = []
            for case .call(let call) in open where call.isObserving {
                next += state.take(await actions.call(call))
                state.layOut()
            }
            open = next
        }
    }
}
