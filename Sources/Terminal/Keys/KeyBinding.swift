/// Keys, what they do, and how that is said: the footer, the help and the palette are made of it.
package struct KeyBinding<Command: Sendable>: Sendable {
    package var keys: [Key]
    package let command: Command
    /// One or two words for the footer.
    package let title: String
    /// One sentence for the help.
    package let summary: String
    /// The heading in the help.
    package let group: String
    /// Whether the footer shows it, if there is room.
    package let isInFooter: Bool

    package init(
        _ keys: Key..., command: Command, title: String, summary: String, group: String = "", isInFooter: Bool = true
    ) {
        self.keys = keys
        self.command = command
        self.title = title
        self.summary = summary
        self.group = group
        self.isInFooter = isInFooter
    }
}

extension KeyBinding: Equatable where Command: Equatable {}
extension KeyBinding: Hashable where Command: Hashable {}
