import Telemetry
import TelemetryStore
package import Terminal

/// The routes of all APIs, and the log of their requests.
package struct APIsScreen: Sendable {
    static let pageCount = 200

    enum Pane: Hashable, Sendable {
        case routes, requests
    }

    struct RouteName: Hashable, Sendable {
        var apiID: String
        var route: String

        init(_ summary: RouteSummary) { (apiID, route) = (summary.apiID, summary.route) }
    }

    private(set) var overview: APIOverview?
    private(set) var page: APIRequestPage?
    private(set) var order: [RouteSummary] = []
    private(set) var selectedRoute: RouteName?
    private(set) var hasChosenRoute = false
    /// Whose requests are shown; `nil` for all.
    private(set) var onlyRoute: RouteName?
    private(set) var classes: Set<Int> = []
    var words = TextField("", placeholder: "path, function, address, status or error")
    var isFiltering = false
    var menu: ChoiceMenu<Set<Int>>?
    private(set) var sort = RouteColumn.server
    private(set) var isDescending = true
    private(set) var focus = Pane.routes
    private(set) var isZoomed = false
    private(set) var selectedRequest: String?
    private(set) var hasChosenRequest = false
    private(set) var offset = 0
    private(set) var firstRoute = 0
    private(set) var firstRequest = 0
    private(set) var layout = APIsLayout(Rect(column: 0, row: 0, columns: 80, rows: 20))

    init() {}

    var query: APIRequestQuery {
        APIRequestQuery(
            apiID: onlyRoute?.apiID, route: onlyRoute?.route, classes: classes, words: words.text, offset: offset,
            limit: Self.pageCount)
    }

    var requestRows: [APIRequestRow] { page?.rows ?? [] }

    var routeCursor: ListCursor {
        ListCursor(
            index: selectedRoute.flatMap { name in order.firstIndex { RouteName($0) == name } } ?? 0, first: firstRoute)
    }

    var requestCursor: ListCursor {
        ListCursor(
            index: selectedRequest.flatMap { id in requestRows.firstIndex { $0.requestID == id } } ?? 0,
            first: firstRequest)
    }

    var routeSummary: RouteSummary? { order.indices.contains(routeCursor.index) ? order[routeCursor.index] : nil }
    var request: APIRequestRow? {
        requestRows.indices.contains(requestCursor.index) ? requestRows[requestCursor.index] : nil
    }

    mutating func take(_ overview: APIOverview) {
        self.overview = overview
        arrange()
    }

    mutating func take(_ page: APIRequestPage) {
        self.page = page
        settle()
    }

    private mutating func arrange() {
        order = (overview?.routes ?? []).sorted { sort.isBefore($0, $1, descending: isDescending) }
        settle()
    }

    private mutating func settle() {
        let names = order.map { RouteName($0) }
        if !hasChosenRoute || selectedRoute.map({ !names.contains($0) }) ?? true { selectedRoute = names.first }
        firstRoute = routeCursor.window(visible: max(layout.routes.rows - 1, 0), count: order.count).first
        let isGone = selectedRequest.map { id in !requestRows.contains { $0.requestID == id } } ?? true
        if !hasChosenRequest || isGone { selectedRequest = requestRows.first?.requestID }
        firstRequest = requestCursor.window(visible: max(layout.requests.rows - 1, 0), count: requestRows.count).first
    }

    mutating func move(by step: Int) {
        guard focus == .requests else {
            var cursor = routeCursor
            cursor.move(by: step, count: order.count)
            return selectRoute(cursor.index)
        }
        var cursor = requestCursor
        let target = cursor.index + step
        if target >= requestRows.count, offset + requestRows.count < page?.matching ?? 0,
            cursor.index == requestRows.count - 1
        {
            return turn(to: offset + Self.pageCount)
        }
        if target < 0, offset > 0, cursor.index == 0 { return turn(to: max(offset - Self.pageCount, 0)) }
        cursor.move(by: step, count: requestRows.count)
        selectRequest(cursor.index)
    }

    private mutating func turn(to offset: Int) { (self.offset, firstRequest, hasChosenRequest) = (offset, 0, false) }

    mutating func selectRoute(_ index: Int) {
        guard order.indices.contains(index) else { return }
        focus = .routes
        hasChosenRoute = true
        selectedRoute = RouteName(order[index])
        settle()
    }

    mutating func selectRequest(_ index: Int) {
        guard requestRows.indices.contains(index) else { return }
        focus = .requests
        // At the top the selection is what is newest, whatever comes.
        hasChosenRequest = index > 0 || offset > 0
        selectedRequest = requestRows[index].requestID
        settle()
    }

    mutating func show(_ pane: Pane) { focus = pane }

    /// Shows only the requests of the selected route.
    mutating func enterRoute() {
        guard let routeSummary else { return }
        onlyRoute = RouteName(routeSummary)
        focus = .requests
        turn(to: 0)
    }

    mutating func choose(_ classes: Set<Int>) {
        self.classes = classes
        focus = .requests
        turn(to: 0)
    }

    mutating func filterChanged() { turn(to: 0) }

    var isFiltered: Bool { onlyRoute != nil || !classes.isEmpty || !words.isEmpty }

    mutating func clearFilters() {
        (onlyRoute, classes, isFiltering, focus) = (nil, [], false, .routes)
        words = TextField("", placeholder: words.placeholder)
        turn(to: 0)
    }

    mutating func sort(by column: RouteColumn) {
        isDescending = column == sort ? !isDescending : column != .route && column != .api
        sort = column
        arrange()
    }

    mutating func sortByNext() {
        let place = RouteColumn.sortable.firstIndex(of: sort) ?? -1
        sort(by: RouteColumn.sortable[(place + 1) % RouteColumn.sortable.count])
    }

    mutating func reverse() { sort(by: sort) }

    mutating func zoom() { isZoomed.toggle() }

    package mutating func lay(out rect: Rect) {
        layout = APIsLayout(rect, routes: order.count, zoomed: isZoomed || rect.rows < 14 ? focus : nil)
        settle()
    }
}

/// Where the parts of the screen are; what has no room is empty.
struct APIsLayout: Hashable, Sendable {
    var routesFrame = Rect(column: 0, row: 0, columns: 0, rows: 0)
    var requestsFrame = Rect(column: 0, row: 0, columns: 0, rows: 0)

    var routes: Rect { Pane.inside(routesFrame) }
    var requests: Rect { Pane.inside(requestsFrame) }

    init(_ rect: Rect, routes: Int = 0, zoomed: APIsScreen.Pane? = nil) {
        switch zoomed {
        case .routes?: routesFrame = rect
        case .requests?: requestsFrame = rect
        case nil:
            let wanted = min(max(routes + 3, 6), max(rect.rows / 2, 6))
            let parts = rect.splitRows(.fixed(wanted), .share(1, atLeast: 5))
            (routesFrame, requestsFrame) = (parts[0], parts[1])
        }
    }
}
