/// What a key does on the Logs screen.
package enum LogsCommand: Hashable, Sendable {
    case up, down, pageUp, pageDown, halfPageUp, halfPageDown, oldest, newest
    case left, right
    case open, back
    case filter, filterByThis, clearFilters, followRequest
    case nextMatch, previousMatch, nextError, previousError
    case wrap, times, context, group
    case invocation, copy, replay, invoke, execution, trace
}
