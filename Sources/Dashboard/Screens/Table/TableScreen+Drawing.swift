import JSON
import Telemetry
import TelemetryStore
package import Terminal

extension TableScreen {
    package func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        drawTabs(on: &canvas)
        // A table that nothing was seen of yet may have items all the same.
        if tab == .items { return browser.draw(on: &canvas, in: body) }
        guard let detail else {
            let lines = isUnknown ? ["no table \(name) was seen", "Esc goes back"] : ["waiting for \(name)"]
            return canvas.drawNote(lines, in: body)
        }
        switch tab {
        case .items, .overview: drawOverview(detail, on: &canvas)
        case .calls: drawCalls(on: &canvas)
        case .indexes: drawIndexes(detail, on: &canvas)
        case .streams: drawStreams(detail, on: &canvas, now: context.now)
        case .configuration:
            let inside = canvas.pane(body, title: "description", isFocused: true)
            guard detail.summary.isDescribed else {
                return canvas.drawNote(["this runtime does not describe its tables here"], in: inside)
            }
            tree?.draw(on: &canvas, in: inside)
        }
    }

    @discardableResult
    func drawTabs(on canvas: inout Canvas) -> [Rect] {
        let selected = TableTab.allCases.firstIndex(of: tab) ?? 0
        return Tabs(TableTab.allCases.map { $0.rawValue.capitalizedFirst }, selected: selected).draw(
            on: &canvas, in: place.line(0))
    }

    private func drawStreams(_ detail: TableDetail, on canvas: inout Canvas, now: Timestamp) {
        let parts = body.splitRows(.fixed(4), .share())
        let table = detail.summary.table
        let view = table.description.tableMember("StreamSpecification")?["StreamViewType"]?.string
        canvas.draw(
            [
                InvocationFact(name: "stream", value: table.streamARN ?? "off"),
                InvocationFact(name: "view", value: view ?? Format.none),
                InvocationFact(name: "read by", value: "\(detail.stories.count)"),
            ], in: canvas.pane(parts[0], title: "stream"))
        let inside = canvas.pane(
            parts[1], title: "what became of the records",
            note: [Run("newest first · Enter opens the invocation", .dim)], isFocused: true)
        let empty = [
            table.streamARN == nil ? "the stream is off" : "nothing reads the stream",
            "aws lambda create-event-source-mapping --event-source-arn … feeds it to a function",
        ]
        streams.draw(on: &canvas, in: inside, now: now, empty: empty)
    }

    // MARK: Calls

    var callTable: Table {
        let columns = [
            TableColumn("TIME", minimum: 12, dropOrder: 2), TableColumn("", minimum: 1),
            TableColumn("OPERATION", minimum: 14, ideal: 18), TableColumn("WHO", minimum: 12, ideal: 22),
            TableColumn("REQUEST", minimum: 8, ideal: 12), TableColumn("INDEX", minimum: 8, ideal: 14, dropOrder: 5),
            TableColumn("KEY", minimum: 10, ideal: 24, dropOrder: 1),
            TableColumn("ITEMS", .right, minimum: 5, dropOrder: 6),
            TableColumn("UNITS", .right, minimum: 5, dropOrder: 4), TableColumn("LATENCY", .right, minimum: 8),
            TableColumn("ERROR", minimum: 8, ideal: 30, dropOrder: 3, isFlexible: true),
        ]
        var table = Table(columns, rowCount: calls.count, cursor: callCursor)
        table.emptyText = "no call touched it yet"
        return table
    }

    private func drawCalls(on canvas: inout Canvas) {
        let note = "the latest \(calls.count) · Enter opens what made it"
        let inside = canvas.pane(body, title: "calls", note: [Run(note, .dim)], isFocused: true)
        callTable.draw(on: &canvas, in: inside) { Self.cell(calls[$0], $1) }
    }

    private static func cell(_ made: TableCall, _ column: Int) -> TableCell {
        let call = made.call
        let usage = call.usage ?? TableUsage()
        switch column {
        case 0: return .text(made.time.clockText, .dim)
        case 1: return call.status < 400 ? .text(Mark.ok, .ok) : .text(Mark.failed, .error)
        case 2: return .text(call.operation)
        case 3:
            if let place = made.execution { return .text([Run("◆ ", .series5), Run(place.machine, .strong)].styled) }
            return made.function.map { .text($0, .strong) } ?? .text("a client", .dim)
        case 4:
            if let place = made.execution { return .text(place.execution, .accent) }
            return made.invocation.map { .text($0.short, .accent) } ?? .none
        case 5: return usage.index.map { .text($0) } ?? .none
        case 6: return usage.partitionKey.isEmpty ? .none : .text(usage.partitionKey)
        case 7: return call.usage == nil ? .none : .text(Format.count(usage.items))
        case 8: return .units(usage.readUnits + usage.writeUnits)
        case 9: return .text(call.latency.text)
        default: return .text(call.errorCode ?? "", .error)
        }
    }

    // MARK: Indexes

    private func drawIndexes(_ detail: TableDetail, on canvas: inout Canvas) {
        let table = detail.summary.table
        let inside = canvas.pane(body, title: "indexes", isFocused: true)
        let columns = [
            TableColumn("INDEX", minimum: 12, ideal: 28, isFlexible: true), TableColumn("KIND", minimum: 6),
            TableColumn("STATUS", minimum: 8), TableColumn("KEYS", minimum: 16, ideal: 30, dropOrder: 1),
            TableColumn("PROJECTS", minimum: 9, dropOrder: 3), TableColumn("ITEMS", .right, minimum: 6),
            TableColumn("SIZE", .right, minimum: 8, dropOrder: 2), TableColumn("READS", .right, minimum: 6),
            TableColumn("UNITS", .right, minimum: 6, dropOrder: 5),
            TableColumn("P95", .right, minimum: 7, dropOrder: 4),
        ]
        var list = Table(columns, rowCount: table.indexes.count, cursor: indexCursor)
        list.emptyText = "it has no indexes"
        let schema = TableSchema(table.description)
        list.draw(on: &canvas, in: inside) { row, column in
            let index = table.indexes[row]
            let operations = detail.operations.filter { $0.index == index.name }
            let keys = schema?.indexes.first { $0.name == index.name }
            switch column {
            case 0: return .text(index.name, .strong)
            case 1: return .text(index.isGlobal ? "global" : "local", .dim)
            case 2: return .text(index.status, index.status == "ACTIVE" ? .ok : .warn)
            case 3: return keys.map { .text($0.keyText) } ?? .none
            case 4: return keys.map { .text($0.projection.lowercased(), .dim) } ?? .none
            case 5: return .text(Format.count(index.items))
            case 6: return .text(Format.bytes(index.bytes), .dim)
            case 7: return .failures(operations.reduce(0) { $0 + $1.calls }, .text)
            case 8: return .units(operations.reduce(0) { $0 + $1.readUnits })
            // Percentiles of several operations are not made of theirs: the busiest one's stands for itself.
            default: return .duration(operations.first?.latency?.p95)
            }
        }
    }
}

extension TableCell {
    static func units(_ units: Double) -> TableCell {
        guard units > 0 else { return none }
        return .text(units < 100 ? Format.decimal(units, places: 1) : Format.count(Int(min(units, 1e15))))
    }
}
