import Telemetry
import TelemetryStore
package import Terminal

extension LogsScreen: Screen {
    package typealias Command = LogsCommand

    package static let keys = KeyMap<LogsCommand>([
        KeyBinding(.enter, command: .open, title: "open", summary: "Opens the line, or the invocation of a group."),
        KeyBinding(
            .character("/"), command: .filter, title: "filter",
            summary: "Writes the filter; it applies as it is typed, to the whole log."),
        KeyBinding(
            .character("f"), command: .filterByThis, title: "only this",
            summary: "Shows only the function, request, level or stream of the line."),
        KeyBinding(
            .character("O"), command: .followRequest, title: "request", summary: "Shows only the request of the line."),
        KeyBinding(.character("e"), command: .nextError, title: "error", summary: "Goes to the next error."),
        KeyBinding(
            .character("o"), command: .group, title: "group", summary: "Puts the lines of each invocation together."),
        KeyBinding(.character("w"), command: .wrap, title: "wrap", summary: "Breaks long lines, or cuts them."),
        KeyBinding(
            .character("G"), .end, command: .newest, title: "follow", summary: "Goes to the newest line and follows."),
        KeyBinding(.escape, command: .back, title: "back", summary: "Clears the filter, then goes back."),
        KeyBinding(
            .character("y"), .character("c"), command: .copy, title: "copy", summary: "Copies the line or a part of it."
        ),
        KeyBinding(
            .character("F"), command: .clearFilters, title: "clear", summary: "Clears the filter.", isInFooter: false),
        KeyBinding(
            .character("u"), command: .times, title: "times",
            summary: "Shows the time of day, the time since the line above, or none.", isInFooter: false),
        KeyBinding(
            .character("C"), command: .context, title: "context", summary: "Shows lines around each match.",
            isInFooter: false),
        KeyBinding(
            .character("E"), command: .previousError, title: "error before", summary: "Goes to the error before.",
            isInFooter: false),
        KeyBinding(
            .character("n"), command: .nextMatch, title: "next match", summary: "Goes to the next match.",
            isInFooter: false),
        KeyBinding(
            .character("N"), command: .previousMatch, title: "match before", summary: "Goes to the match before.",
            isInFooter: false),
        KeyBinding(
            .character("v"), command: .invocation, title: "invocation", summary: "Opens the invocation of the line.",
            isInFooter: false),
        KeyBinding(
            .character("x"), command: .execution, title: "execution",
            summary: "Opens the execution that the line's invocation was made for.", isInFooter: false),
        KeyBinding(
            .character("T"), command: .trace, title: "trace",
            summary: "Opens the trace that the line's invocation is a part of.", isInFooter: false),
        KeyBinding(
            .character("i"), command: .invoke, title: "invoke", summary: "Calls the function of the line.",
            isInFooter: false),
        KeyBinding(.up, .character("k"), command: .up, title: "up", summary: "Goes up a line.", isInFooter: false),
        KeyBinding(
            .down, .character("j"), command: .down, title: "down", summary: "Goes down a line.", isInFooter: false),
        KeyBinding(
            .pageUp, .control("b"), command: .pageUp, title: "page up", summary: "Goes up a page.", isInFooter: false),
        KeyBinding(
            .pageDown, .control("f"), command: .pageDown, title: "page down", summary: "Goes down a page.",
            isInFooter: false),
        KeyBinding(
            .control("u"), command: .halfPageUp, title: "half up", summary: "Goes up half a page.", isInFooter: false),
        KeyBinding(
            .control("d"), command: .halfPageDown, title: "half down", summary: "Goes down half a page.",
            isInFooter: false),
        KeyBinding(
            .character("g"), .home, command: .oldest, title: "oldest", summary: "Goes to the oldest line.",
            isInFooter: false),
        KeyBinding(.left, command: .left, title: "left", summary: "Moves long lines to the right.", isInFooter: false),
        KeyBinding(
            .right, command: .right, title: "right", summary: "Moves long lines to the left.", isInFooter: false),
    ])

    package var route: Route { .logs(filter: initialFilter) }
    package var markable: Marked? { list.requestID(ofRow: list.cursor).map(Marked.invocation) }

    package var takesLetters: Bool { filterBar.isEditing || menu != nil }

    package var requests: [DataRequest] {
        var requests = [DataRequest.volume(list.filter, buckets: volumeColumns)]
        if let query = list.query(hasNews: newCount > 0) { requests.append(.logs(query)) }
        if filterBar.isEditing { requests.append(.overview(buckets: 1)) }
        return requests
    }

    package mutating func take(_ answer: DataAnswer, for request: DataRequest) -> [Effect] {
        switch (answer, request) {
        case (.volume(let volume), .volume(let filter, _)) where filter == list.filter: take(volume)
        case (.overview(let overview), _): learn(overview.functions.map(\.function.name))
        case (.logs(let page), .logs(let query)):
            learn(page.lines.compactMap(\.function))
            if let notice = list.take(page, for: query) { return [.notice(notice)] }
        default: break
        }
        return []
    }

    package mutating func run(_ command: LogsCommand, _ context: ScreenContext) -> [Effect] { run(command) }

    package mutating func press(_ key: Key, _ context: ScreenContext) -> [Effect]? { pressFirst(key) }

    package mutating func mouse(_ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        mouse(event, in: context.rect)
    }
}
