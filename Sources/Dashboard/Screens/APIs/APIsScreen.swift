import Telemetry
import TelemetryStore
package import Terminal

/// The routes of all APIs, and the log of their requests.
package struct APIsScreen: Sendable {
    enum Pane: Hashable, Sendable {
        case routes, requests
    }

    struct RouteName: Hashable, Sendable {
        var apiID: String
        var route: String

        init(_ summary: RouteSummary) { (apiID, route) = (summary.apiID, summary.route) }
    }

    /// The id or the name of the only API that is shown.
    let api: String?
    private(set) var overview: APIOverview?
    private(set) var page: APIRequestPage?
    var routes = LiveRows<RouteColumn>(sortedBy: .server)
    var requestList = PagedRows<APIRequestRow>()
    /// Whose requests are shown; `nil` for all.
    private(set) var onlyRoute: RouteName?
    private(set) var classes: Set<Int> = []
    var words = FilterField(placeholder: "path, function, address, status or error")
    var menu: ChoiceMenu<RequestChoice>?
    private(set) var focus = Pane.routes
    private(set) var isZoomed = false
    private(set) var layout = APIsLayout(Rect(column: 0, row: 0, columns: 80, rows: 20))

    init(api: String? = nil) { self.api = api }

    var query: APIRequestQuery {
        APIRequestQuery(
            apiID: onlyRoute?.apiID ?? apiID, route: onlyRoute?.route, classes: classes, words: words.text,
            offset: requestList.offset, limit: PagedRows<APIRequestRow>.pageCount)
    }

    /// The only API that is shown, as soon as it is known; traces call a REST API by its name and stage.
    var onlyAPI: APIDescription? {
        guard let api, let apis = overview?.apis else { return nil }
        return apis.first { $0.id == api } ?? apis.first { $0.name == api }
            ?? apis.first { described in described.stages.contains { "\(described.name)/\($0)" == api } }
    }

    private var apiID: String? { api.map { onlyAPI?.id ?? $0 } }

    var requestRows: [APIRequestRow] { requestList.rows }
    var routeSummary: RouteSummary? { routes.selectedRow }
    var request: APIRequestRow? { requestList.selectedRow }

    mutating func take(_ overview: APIOverview) {
        self.overview = overview
        let apiID = apiID
        routes.take(overview.routes.filter { apiID == nil || $0.apiID == apiID }, at: overview.window.end)
    }

    mutating func take(_ page: APIRequestPage) {
        self.page = page
        requestList.take(page.rows, matching: page.matching)
    }

    mutating func show(_ pane: Pane) { focus = pane }

    /// Shows only the requests of the selected route.
    mutating func enterRoute() {
        guard let routeSummary else { return }
        onlyRoute = RouteName(routeSummary)
        focus = .requests
        requestList.restart()
    }

    mutating func choose(_ choice: RequestChoice) {
        switch choice {
        case .classes(let chosen): classes = chosen
        case .words(let text): words.set(text)
        case .route: return enterRoute()
        }
        focus = .requests
        requestList.restart()
    }

    var isFiltered: Bool { onlyRoute != nil || !classes.isEmpty || !words.isEmpty }

    mutating func clearFilters() {
        (onlyRoute, classes, focus) = (nil, [], .routes)
        words.clear()
        requestList.restart()
    }

    mutating func zoom() { isZoomed.toggle() }

    package mutating func lay(out rect: Rect) {
        layout = APIsLayout(
            rect, routes: routes.order.count, zoomed: isZoomed || rect.rows < 14 ? focus : nil)
        routes.lay(out: layout.routes.rows - 1)
        requestList.lay(out: layout.requests.rows - 1)
    }
}

/// What the requests can be narrowed to.
enum RequestChoice: Hashable, Sendable {
    /// Of status: 4 for `4xx`; empty for all.
    case classes(Set<Int>)
    case words(String)
    /// The selected one.
    case route
}

extension APIRequestRow: ListedRow {
    var rowID: String { requestID }
}

/// Where the parts of the screen are; what has no room is empty.
struct APIsLayout: Hashable, Sendable {
    var routesFrame = Rect(column: 0, row: 0, columns: 0, rows: 0)
    var latencyFrame = Rect(column: 0, row: 0, columns: 0, rows: 0)
    var statusFrame = Rect(column: 0, row: 0, columns: 0, rows: 0)
    var requestsFrame = Rect(column: 0, row: 0, columns: 0, rows: 0)

    var routes: Rect { Pane.inside(routesFrame) }
    var requests: Rect { Pane.inside(requestsFrame) }

    /// With fewer rows the charts would leave too little for the requests.
    private static let leastForCharts = 32

    init(_ rect: Rect, routes: Int = 0, zoomed: APIsScreen.Pane? = nil) {
        switch zoomed {
        case .routes?: routesFrame = rect
        case .requests?: requestsFrame = rect
        case nil:
            let wanted = min(max(routes + 3, 6), max(rect.rows / 2, 6))
            guard rect.rows >= Self.leastForCharts else {
                let parts = rect.splitRows(.fixed(wanted), .share(1, atLeast: 5))
                (routesFrame, requestsFrame) = (parts[0], parts[1])
                return
            }
            let parts = rect.splitRows(.fixed(min(wanted, rect.rows / 3)), .share(1, atLeast: 9), .share(2))
            (routesFrame, requestsFrame) = (parts[0], parts[2])
            let halves = parts[1].splitColumns(.share(3), .share(2), gap: 1)
            (latencyFrame, statusFrame) = rect.columns >= 100 ? (halves[0], halves[1]) : (parts[1], statusFrame)
        }
    }
}

extension APIsScreen: NarrowedList {
    mutating func wordsChanged() { requestList.restart() }
}
