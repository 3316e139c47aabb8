import TelemetryStore

/// The log of the invocation behind the selected state.
extension ExecutionScreen {
    mutating func take(_ answer: InvocationDetail?) {
        guard answer?.record.requestID == requestID else { return }
        behind = answer
        showLog()
        layOutPanes()
    }

    /// Of the log what had been written by the moment that is shown.
    mutating func showLog() {
        var page = LogPage()
        page.lines = behind?.logLines ?? []
        if moment != nil, let last = progress.lastTime { page.lines.removeAll { $0.time > last } }
        log.show(page)
    }
}
