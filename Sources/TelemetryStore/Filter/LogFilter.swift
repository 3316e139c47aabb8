/// Which log lines match, in the one filter language of the screen, the command line and the API.
package struct LogFilter: Hashable, Sendable {
    /// What the person wrote; empty matches everything.
    package let source: String

    /// The filter that matches every line.
    package init() { source = "" }
}
