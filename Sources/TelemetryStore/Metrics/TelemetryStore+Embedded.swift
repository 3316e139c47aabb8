import Telemetry

extension TelemetryStore {
    /// Takes the metrics that lines of the batch hold, and counts the lines.
    func measure(_ batch: LogBatch) {
        guard let last = batch.entries.last else { return }
        // Lines have times of their own, from outside.
        let latest = Timestamp.now() + Self.mostAheadOfMetrics
        serviceMetrics.take(batch, at: min(last.time, latest), into: &metrics)
        for index in EmbeddedMetrics.candidates(batch) {
            let time = min(batch.entries[index].time, latest)
            do throws(EmbeddedMetrics.Fault) {
                let found = try EmbeddedMetrics.metrics(
                    in: batch.message(index), isFunction: batch.function != nil, at: time)
                for (metric, moment) in found {
                    metrics.take(metric, at: min(moment, latest), function: batch.function)
                }
            } catch {
                metrics.invalidDocuments += 1
                serviceMetrics.take(error, of: batch.group, at: time, into: &metrics)
            }
        }
    }
}
