import Telemetry
import Terminal

@testable import Dashboard

extension DashboardState {
    /// The dashboard over the sample shop, with all that it asked for answered.
    static func sample(_ columns: Int, _ rows: Int) -> DashboardState {
        useUTC()
        var settings = DashboardSettings()
        settings.application = "orders"
        var state = DashboardState(settings, size: Size(columns: columns, rows: rows), now: LogSample.now)
        state.layOut()
        state.answerSamples()
        return state
    }

    mutating func answerSamples() {
        for _ in 0..<4 {
            for request in requests {
                let data: DataAnswer? =
                    if case .invocation = request {
                        .invocation(InvocationSample.failed)
                    } else {
                        FunctionSample.answer(request)
                    }
                if let data { _ = take(data, for: request) }
            }
            layOut()
        }
    }
}
