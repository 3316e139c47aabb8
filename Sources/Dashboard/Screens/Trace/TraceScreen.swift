import Telemetry
import TelemetryStore
package import Terminal

/// One trace: where its time went, hop by hop, and what each hop was.
package struct TraceScreen: Sendable {
    /// `nil` until it is known which trace an invocation belongs to.
    private(set) var id: String?
    let invocation: RequestID?
    private(set) var trace: Trace?
    /// The store answered, and does not know it.
    private(set) var isUnknown = false
    /// The segment that is selected, wherever it stands.
    private(set) var selected: String?
    private(set) var place = 0
    private(set) var closed: Set<String> = []
    /// The segment that the bars are scaled to.
    private(set) var focus: String?
    private(set) var first = 0
    private(set) var layout = TraceLayout(Rect(column: 0, row: 0, columns: 80, rows: 20))

    /// - Parameter span: a segment that is looked at first.
    init(id: String, span: String?) {
        (self.id, invocation, selected) = (id, nil, span)
    }

    init(invocation: RequestID) { self.invocation = invocation }

    mutating func take(_ place: TracePlace?) {
        guard let place else {
            isUnknown = id == nil
            return
        }
        guard id == nil else { return }
        (id, selected) = (place.id, place.span)
    }

    mutating func take(_ trace: Trace?) {
        isUnknown = trace == nil && self.trace == nil
        guard let trace else { return }
        let isFirst = self.trace == nil
        self.trace = trace
        if let selected, let found = trace.spans.firstIndex(where: { $0.id == selected }) {
            place = found
        } else if isFirst {
            place = 0
        }
        place = min(place, max(trace.spans.count - 1, 0))
        settle()
    }

    func waterfall(_ now: Timestamp) -> TraceWaterfall? {
        guard let trace else { return nil }
        var waterfall = TraceWaterfall(
            trace, closed: places(of: closed), focus: focus.flatMap { id in trace.spans.firstIndex { $0.id == id } },
            now: now)
        waterfall.first = first
        waterfall.selected = place
        return waterfall
    }

    private func places(of segments: Set<String>) -> Set<Int> {
        guard let trace, !segments.isEmpty else { return [] }
        return Set(trace.spans.indices.filter { segments.contains(trace.spans[$0].id) })
    }

    var span: Trace.Span? { trace.flatMap { $0.spans.indices.contains(place) ? $0.spans[place] : nil } }

    mutating func move(by step: Int) {
        guard let rows = waterfall(.now())?.rows, !rows.isEmpty else { return }
        let here = rows.firstIndex(of: place) ?? 0
        select(rows[min(max(here + step, 0), rows.count - 1)])
    }

    mutating func select(_ place: Int) {
        guard let trace, trace.spans.indices.contains(place) else { return }
        self.place = place
        selected = trace.spans[place].id
        settle()
    }

    /// The selected row stays on the screen.
    private mutating func settle() {
        guard let rows = waterfall(.now())?.rows else { return }
        let here = rows.firstIndex(of: place) ?? 0
        let visible = max(TraceWaterfall.visibleRows(in: layout.waterfall), 1)
        first = ScrollWindow(first: first, visible: visible, count: rows.count, showing: here).first
    }

    mutating func fold(_ isClosed: Bool) {
        guard let trace, let span else { return }
        if isClosed, !trace.hasInside(place) || closed.contains(span.id) {
            if let parent = span.parent { select(parent) }
        } else if isClosed {
            closed.insert(span.id)
        } else {
            closed.remove(span.id)
        }
        settle()
    }

    mutating func foldAll() {
        guard let trace else { return }
        if closed.isEmpty {
            closed = Set(
                trace.spans.indices.filter { trace.spans[$0].depth > 0 && trace.hasInside($0) }.map {
                    trace.spans[$0].id
                })
            while let parent = span?.parent, !(waterfall(.now())?.rows.contains(place) ?? true) { select(parent) }
        } else {
            closed = []
        }
        settle()
    }

    mutating func zoom() {
        guard let span else { return }
        focus = focus == span.id ? nil : span.id
    }

    var isZoomed: Bool { focus != nil }

    mutating func unzoom() { focus = nil }

    /// - Returns: whether there is a failure to go to.
    mutating func goToError(forward: Bool) -> Bool {
        guard let trace else { return false }
        let failed = trace.spans.indices.filter { trace.spans[$0].isFailure }
        let next = forward ? failed.first { $0 > place } ?? failed.first : failed.last { $0 < place } ?? failed.last
        guard let next else { return false }
        closed = []
        select(next)
        return true
    }

    package mutating func lay(out rect: Rect) {
        layout = TraceLayout(rect)
        settle()
    }
}

/// Where the parts of the screen are; what has no room is empty.
struct TraceLayout: Hashable, Sendable {
    var waterfallFrame: Rect
    var inspectorFrame = Rect(column: 0, row: 0, columns: 0, rows: 0)

    var waterfall: Rect { waterfallFrame.rows >= 3 ? Pane.inside(waterfallFrame) : waterfallFrame }
    var inspector: Rect { Pane.inside(inspectorFrame) }

    init(_ rect: Rect) {
        guard rect.rows >= 14 else {
            waterfallFrame = rect
            return
        }
        let parts = rect.splitRows(.share(3), .fixed(rect.rows >= 30 ? 11 : 7))
        (waterfallFrame, inspectorFrame) = (parts[0], parts[1])
    }
}
