import Telemetry

/// The findings about what brings a stream's records to a function.
struct EventSourceLints {
    let story: EventSourceStory
    let window: TimeWindow
    let observed: Microseconds

    private var subject: Finding.Subject { .function(story.function) }
    private var place: Finding.Place { .eventSources(story.function) }
    private var span: String { " in \(LintText.span(observed))" }

    private var source: String { story.table.map { "the stream of \($0)" } ?? story.source }

    var findings: [Finding] { [lost, standing].compactMap { $0 } }

    private var lost: Finding? {
        let untold = story.incidents.filter {
            $0.discarded > 0 && $0.destination == nil && window.contains($0.end)
        }
        let count = untold.reduce(0) { $0 + $1.discarded }
        guard count > 0, let last = untold.last else { return nil }
        let was = count == 1 ? "was" : "were"
        let error = last.error.isEmpty ? "" : " (last: \(last.error))"
        return Finding(
            .lostRecords, .error, subject, detail: story.id,
            text:
                "\(LintText.count(count, "record")) of \(source) \(was) given up\(span)\(error), and nobody was told.",
            advice: last.destinationProblem == nil
                ? "Give the mapping an on-failure destination: it is told which records they were, while the stream still"
                    + " has them."
                : "Its on-failure destination cannot be reached: see the step that says so, and put it right while the"
                    + " stream still has the records.",
            place: place)
    }

    private var standing: Finding? {
        guard let open = story.openIncident, open.failures >= LintThresholds.standingFailures,
            window.end - open.start >= LintThresholds.standingTime
        else { return nil }
        let error = open.error.isEmpty ? "" : " (\(open.error))"
        let times = "\(LintText.count(open.failures, "time")) in \(LintText.span(window.end - open.start))"
        return Finding(
            .standingStream, .error, subject, detail: story.id,
            text: "It failed \(times) on the same records of \(source)\(error); what comes after them waits.",
            advice:
                "Open the batch to see why. Let batches be halved, limit the retries or the records' age, or answer with"
                + " batchItemFailures, so that one record does not hold up the others.",
            place: place)
    }
}
