import Telemetry
import TelemetryStore
package import Terminal

/// One request of an API: what was asked and answered, who allowed it, and what it caused.
package struct APIRequestScreen: Sendable {
    enum Pane: String, Hashable, CaseIterable {
        case request, response, caused
    }

    let id: String
    private(set) var detail: APIRequestDetail?
    private(set) var isUnknown = false
    var request = MessageView(HTTPMessage())
    var response = MessageView(HTTPMessage())
    var caused = PaneCursor()
    var focus = Pane.response
    private(set) var layout = APIRequestLayout(Rect(column: 0, row: 0, columns: 80, rows: 20), focus: .response)

    init(id: String) { self.id = id }

    /// - Parameter detail: `nil` when the store has no such request.
    mutating func take(_ detail: APIRequestDetail?) {
        isUnknown = detail == nil && self.detail == nil
        guard let detail else { return }
        if self.detail?.request.request != detail.request.request { request = MessageView(detail.request.request) }
        if self.detail?.request.response != detail.request.response { response = MessageView(detail.request.response) }
        self.detail = detail
    }

    var spans: [Trace.Span] { detail?.trace?.spans ?? [] }

    mutating func move(by step: Int) {
        let place = layout[focus]
        switch focus {
        case .request: request.move(by: step, height: place.rows)
        case .response: response.move(by: step, height: place.rows)
        case .caused: caused.move(by: step, count: spans.count, height: TraceWaterfall.visibleRows(in: place))
        }
    }

    mutating func focus(by step: Int) {
        let place = Pane.allCases.firstIndex(of: focus) ?? 0
        focus = Pane.allCases[(place + step + Pane.allCases.count) % Pane.allCases.count]
    }

    package mutating func lay(out rect: Rect) {
        let rows = detail.map { facts($0).flow(columns: rect.columns - 4).count }
        layout = APIRequestLayout(rect, focus: focus, facts: rows)
    }
}

/// Where the parts of the screen are: all at once where there is room, else one at a time under tabs.
struct APIRequestLayout: Hashable, Sendable {
    var head: Rect
    var latency = Rect(column: 0, row: 0, columns: 0, rows: 0)
    /// The row of the tabs; empty when all panes are shown.
    var tabs: Rect
    var frames: [APIRequestScreen.Pane: Rect] = [:]

    /// The inside of a pane; empty when it is not shown.
    subscript(pane: APIRequestScreen.Pane) -> Rect {
        let frame = frames[pane] ?? Rect(column: 0, row: 0, columns: 0, rows: 0)
        return frame.rows >= 3 && frame.columns >= 8 ? frame.inset() : frame
    }

    /// - Parameter facts: how many rows they take; `nil` while they are not known.
    init(_ rect: Rect, focus: APIRequestScreen.Pane, facts: Int? = nil) {
        let isWide = rect.columns >= 100 && rect.rows >= 28
        let most = rect.columns >= 100 ? 5 : 6
        let headRows = min(rect.rows >= 12 ? min((facts ?? most) + 2, most) : 1, rect.rows)
        let latencyRows = rect.rows >= 24 ? 4 : 0
        let tabRows = isWide || rect.rows < headRows + 4 ? 0 : 1
        let parts = rect.splitRows(.fixed(headRows), .fixed(latencyRows), .fixed(tabRows), .share(1))
        (head, latency, tabs) = (parts[0], parts[1], parts[2])
        guard isWide else {
            frames[focus] = parts[3]
            return
        }
        let rows = parts[3].splitRows(.share(1), .share(1))
        let halves = rows[0].splitColumns(.share(1), .share(1))
        (frames[.request], frames[.response], frames[.caused]) = (halves[0], halves[1], rows[1])
    }
}
