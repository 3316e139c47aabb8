/// What a graph layout starts from: nodes that lead to each other.
package struct GraphModel: Hashable, Sendable {
    package var nodes: [GraphNode]
    package var edges: [GraphEdge]
    /// The node that the rest is hung from.
    package var start: Int?

    package init(nodes: [GraphNode] = [], edges: [GraphEdge] = [], start: Int? = nil) {
        self.nodes = nodes
        self.edges = edges
        self.start = start
    }
}

package struct GraphNode: Hashable, Sendable {
    package var id: String
    package var label: String
    package var kind: Kind
    /// Inside of a container, side by side; no edge leaves one.
    package var children: [GraphModel]
    /// The columns kept free behind the label for a note, where boxes have notes.
    package var noteWidth: Int

    package enum Kind: Hashable, Sendable {
        case plain
        /// A box in which the graphs of ``GraphNode/children`` lie.
        case container
        /// A container with a row for the strip of its iterations.
        case iteratedContainer
        /// What an edge names but nobody has declared.
        case missing
    }

    package init(
        id: String, label: String, kind: Kind = .plain, children: [GraphModel] = [], noteWidth: Int = 0
    ) {
        self.id = id
        self.label = label
        self.kind = kind
        self.children = children
        self.noteWidth = noteWidth
    }

    package var isContainer: Bool { kind == .container || kind == .iteratedContainer }
}

/// An edge between two nodes of the same ``GraphModel``, by their places in it.
package struct GraphEdge: Hashable, Sendable {
    package var from: Int
    package var to: Int
    package var kind: Kind
    package var label: String

    package enum Kind: Hashable, Sendable {
        case normal, choice
        /// Taken when no choice is.
        case otherwise
        case caught
    }

    package init(from: Int, to: Int, kind: Kind = .normal, label: String = "") {
        self.from = from
        self.to = to
        self.kind = kind
        self.label = label
    }
}
