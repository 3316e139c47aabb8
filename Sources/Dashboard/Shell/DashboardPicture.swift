import Telemetry
package import TelemetryStore
package import Terminal

/// One frame of a screen without a terminal.
package enum DashboardPicture {
    /// What a screen asks for may depend on the answers: more rounds than this are never needed.
    private static let mostRounds = 4

    /// - Parameter route: what is opened; `.functions` is where the dashboard begins.
    package static func frame(
        of route: Route, size: Size, reader: any TelemetryReader, settings: DashboardSettings
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
                _ = state.take(await reader.answer(request, in: state.window), for: request)
                state.layOut()
            }
        }
        return state.frame()
    }
}
