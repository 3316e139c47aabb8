import JSON
import Telemetry

extension StateTest {
    /// What the state's retriers and catchers make of a failure.
    mutating func failed(_ failure: StateFailure) -> StateTestReport {
        var report = StateTestReport(status: .failed, error: failure.error, cause: failure.detail)
        var details = JSONObject()
        if let place = state.retriers.firstIndex(where: { failure.isNamed($0.errors) }) {
            let retrier = state.retriers[place]
            let used = request.configuration.retryCount ?? 0
            details["retryIndex"] = .int(place)
            if used < retrier.maxAttempts {
                details["retryBackoffIntervalSeconds"] = .int(
                    Int(retrier.pause(after: used, jitter: 1).count / 1_000_000))
                report.status = .retriable
            }
        }
        if report.status == .failed { follow(failure, &report, &details) }
        if !details.isEmpty { inspection["errorDetails"] = .object(details) }
        report.inspection = shownInspection
        return report
    }

    private mutating func follow(_ failure: StateFailure, _ report: inout StateTestReport, _ details: inout JSONObject)
    {
        guard let place = state.catchers.firstIndex(where: { failure.isNamed($0.errors) }) else { return }
        let catcher = state.catchers[place]
        let errorOutput: JSON = ["Error": .string(failure.error ?? ""), "Cause": .string(failure.detail ?? "")]
        do throws(StateFailure) {
            let output = try scope.caught(catcher, at: place, errorOutput: errorOutput)
            details["catchIndex"] = .int(place)
            report.status = .caughtError
            report.output = output.output
            report.nextState = catcher.next
            inspectVariables(output.assigned)
        } catch {
            report.error = error.error
            report.cause = error.detail
        }
    }
}
