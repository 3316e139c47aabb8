/// Which stream of which group a line is from, and whose it is.
package struct StreamKey: Hashable, Sendable {
    package var group: String
    package var stream: String
    package var function: String?

    package init(group: String, stream: String, function: String? = nil) {
        self.group = group
        self.stream = stream
        self.function = function
    }
}
