package import Telemetry

/// One run of a query: takes lines, and gives rows at the end.
package final class InsightsRun {
    private let plan: Plan
    private let limit: Int
    private let contexts: [RowContext]
    /// What the stages gather: one of the two for each.
    private var selections: [RowSelection?]
    private var aggregations: [Aggregation?]
    private var matched = 0

    /// - Parameters:
    ///   - account: stands before the group in `@log`.
    ///   - limit: rows of the answer, where the query has no limit of its own.
    package init(
        _ query: InsightsQuery, account: String = "000000000000", limit: Int = InsightsQuery.defaultLimit,
        now: Timestamp = .now()
    ) {
        plan = query.plan
        self.limit = limit
        let seconds = Double(now.milliseconds / 1000)
        contexts = plan.stages.map { RowContext(account: account, now: seconds, slots: $0.slots, parses: $0.parses) }
        selections = plan.stages.map { stage in
            guard case .rows(let rows) = stage.ending else { return nil }
            return RowSelection(rows, limit: rows.distinct.isEmpty && rows.limit == .max ? limit : .max)
        }
        aggregations = plan.stages.map { stage in
            if case .groups(let groups) = stage.ending { Aggregation(groups) } else { nil }
        }
    }

    package func take(_ line: LogLineView) {
        contexts[0].look(at: line)
        guard holds(0) else { return }
        matched += 1
        collect(0, RowSelection.Place(time: line.time.microseconds, id: line.id))
    }

    private func holds(_ stage: Int) -> Bool {
        plan.stages[stage].filters.allSatisfy { $0.value(contexts[stage]).isTrue }
    }

    private func collect(_ stage: Int, _ place: RowSelection.Place) {
        selections[stage]?.take(contexts[stage], at: place)
        aggregations[stage]?.take(contexts[stage], at: place.time)
    }

    package func finish() -> InsightsResult {
        var rows = takeRows(0)
        for stage in plan.stages.indices.dropFirst() {
            for (index, row) in rows.enumerated() {
                contexts[stage].look(at: row)
                // Rows keep the order in which they come.
                if holds(stage) { collect(stage, RowSelection.Place(time: -Int64(index), id: 0)) }
            }
            rows = takeRows(stage)
        }
        return result(rows)
    }

    private func takeRows(_ stage: Int) -> [[Value]] {
        selections[stage]?.sorted().map(\.columns) ?? aggregations[stage]?.rows(contexts[stage]) ?? []
    }

    private func result(_ rows: [[Value]]) -> InsightsResult {
        var result = InsightsResult()
        result.columns = plan.output.filter { $0 != Planner.pointer }
        result.recordsMatched = matched
        result.failure = failure
        guard case .rows(let last)? = plan.stages.last?.ending, result.failure == nil else { return result }
        let places = result.columns.map { name in last.columns.firstIndex { $0.name == name } }
        let pointer = plan.hasPointer ? last.columns.firstIndex { $0.name == Planner.pointer } : nil
        result.timeColumn = plan.hasPointer ? nil : timeColumn(rows, places)
        let time = result.timeColumn.flatMap { places[$0] }
        result.rows = rows.prefix(limit).map { row in
            InsightsResult.Row(
                values: places.map { place in place.flatMap { Self.text(row[$0]) } },
                pointer: pointer.flatMap { Self.text(row[$0]) },
                time: time.flatMap { if case .time(let time) = row[$0] { time } else { nil } })
        }
        return result
    }

    private func timeColumn(_ rows: [[Value]], _ places: [Int?]) -> Int? {
        places.indices.first { index in
            guard let place = places[index] else { return false }
            return rows.contains { if case .time = $0[place] { true } else { false } }
        }
    }

    private var failure: String? {
        if selections.contains(where: { $0?.isOverflowing == true }) {
            return "dedup keeps at most \(RowSelection.mostDistinct) rows; filter more"
        }
        guard aggregations.contains(where: { $0?.isOverflowing == true }) else { return nil }
        return "stats makes at most \(Aggregation.mostGroups) groups; filter more, or group by less"
    }

    private static func text(_ value: Value) -> String? {
        value.isMissing ? nil : String(decoding: value.bytes, as: UTF8.self)
    }
}
