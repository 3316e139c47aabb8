import Telemetry

extension ExecutionArchive {
    /// Newest first.
    func page(_ query: ExecutionQuery) -> ExecutionPage {
        var page = ExecutionPage()
        page.offset = query.offset
        page.machines = machines.values.sorted { ($0.name, $0.arn) < ($1.name, $1.arn) }
        let words = query.words.lowercased()
        for record in records.reversed() {
            guard query.machine == nil || record.start.machineARN == query.machine else { continue }
            guard record.start.mapRunARN == query.mapRun else { continue }
            guard words.isEmpty || record.matches(words) else { continue }
            page.counts[record.status, default: 0] += 1
            guard query.statuses.isEmpty || query.statuses.contains(record.status) else { continue }
            page.matching += 1
            guard page.matching > query.offset, page.rows.count < query.limit else { continue }
            page.rows.append(record.row)
        }
        return page
    }

    /// What the top line and the palette show.
    var overview: ExecutionOverview {
        var overview = ExecutionOverview()
        overview.running = running
        overview.machines = machines.values.sorted { ($0.name, $0.arn) < ($1.name, $1.arn) }
        overview.recent = records.reversed().lazy.filter { $0.start.mapRunARN == nil }.prefix(20).map(\.row)
        return overview
    }
}

extension ExecutionRecord {
    fileprivate func matches(_ words: String) -> Bool {
        if start.name.lowercased().contains(words) { return true }
        if start.machineARN.machineName.lowercased().contains(words) { return true }
        if end?.error?.lowercased().contains(words) == true { return true }
        return (progress.failed ?? progress.active).map { progress.visits[$0].name.lowercased().contains(words) }
            ?? false
    }
}
