import JSON
import Telemetry
import TelemetryStore
package import Terminal

/// One function: how it did over the window, its invocations, environments and configuration.
package struct FunctionScreen: Sendable {
    let name: String
    var tab: FunctionTab
    private(set) var detail: FunctionDetail?
    /// Answered that the store knows no such function.
    private(set) var isUnknown = false
    private(set) var records: [InvocationRecord] = []
    private(set) var lastFailed: RequestID?
    var failuresOnly = false
    var coldOnly = false
    var cursor = ListCursor()
    var environments = ListCursor()
    var tree: JSONTree?
    /// The event source mappings that feed it.
    private(set) var sources: [EventSourceStory] = []
    private(set) var place = Rect(column: 0, row: 0, columns: 80, rows: 20)

    init(name: String, tab: FunctionTab) {
        self.name = name
        self.tab = tab
    }

    var list: InvocationQuery {
        InvocationQuery(
            function: name, window: .always, failuresOnly: failuresOnly, coldOnly: coldOnly, limit: 1000)
    }

    var failures: InvocationQuery {
        InvocationQuery(function: name, window: .always, failuresOnly: true, limit: 1)
    }

    package var requests: [DataRequest] {
        [.function(name, buckets: 60), .invocations(failures), .eventSources(name)]
            + (tab == .invocations ? [.invocations(list)] : [])
    }

    mutating func take(_ answer: FunctionDetail?) {
        isUnknown = answer == nil
        guard let answer else { return }
        let configuration = answer.summary.function.configuration
        if configuration != detail?.summary.function.configuration || tree == nil {
            tree = JSONTree(Secrets.masked(configuration), expandedTo: 2)
        }
        detail = answer
        environments.clamp(count: answer.environments.count)
    }

    mutating func take(_ answer: [EventSourceStory]) { sources = answer }

    /// The selection stays on its invocation.
    mutating func take(_ answer: [InvocationRecord], for query: InvocationQuery) {
        if query == failures { lastFailed = answer.first?.requestID }
        guard query == list else { return }
        let selected = records.indices.contains(cursor.index) ? records[cursor.index].requestID : nil
        records = answer
        if cursor.index > 0, let index = answer.firstIndex(where: { $0.requestID == selected }) { cursor.index = index }
        cursor.clamp(count: answer.count)
    }

    mutating func move(by step: Int) {
        switch tab {
        case .invocations: cursor.move(by: step, count: records.count)
        case .environments: environments.move(by: step, count: detail?.environments.count ?? 0)
        case .configuration: if let count = tree?.rowCount { tree?.cursor.move(by: step, count: count) }
        case .overview, .logs: break
        }
    }

    package mutating func lay(out rect: Rect) { place = rect }

    var body: Rect {
        Rect(column: place.column, row: place.row + 1, columns: place.columns, rows: place.rows - 1)
    }
}
