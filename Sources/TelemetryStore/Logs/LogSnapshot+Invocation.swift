import Telemetry

extension LogSnapshot {
    private static let mostLines = 1000

    /// The lines of one invocation, oldest first, and how many more there are.
    @concurrent
    func lines(of id: RequestID, function: String, in window: TimeWindow) async -> ([LogLine], omitted: Int) {
        var found: [LogLine] = []
        var omitted = 0
        for chunk in chunks where chunk.summary.overlaps(window) && chunk.requestIDs.contains(id) {
            for index in 0..<chunk.count where chunk.requestID(index) == id {
                if found.count < Self.mostLines {
                    found.append(chunk.logLine(index, streams))
                } else {
                    omitted += 1
                }
            }
            await Task.yield()
            if Task.isCancelled { break }
        }
        return (found, omitted)
    }
}
