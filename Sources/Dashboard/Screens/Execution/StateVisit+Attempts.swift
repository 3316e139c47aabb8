import StatesLanguage
import TelemetryStore

extension StateVisit {
    /// As a person sees it who knows the definition: what failed with no attempt left has failed, though the event that
    /// says so comes next.
    func judged(by definition: StateDefinition?) -> StateVisit {
        guard isWaitingToRetry, let definition, attempts.count >= definition.allAttempts else { return self }
        var visit = self
        visit.status = .failed
        return visit
    }
}

extension StateDefinition {
    /// As many as there can be when each of the retriers is used up.
    fileprivate var allAttempts: Int { retriers.reduce(1) { $0.addingReportingOverflow($1.maxAttempts).partialValue } }
}
