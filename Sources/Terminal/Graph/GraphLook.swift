/// How the nodes and edges of a graph look, by what the graph means.
package protocol GraphLook {
    func look(of node: GraphLayout.PlacedNode) -> GraphNodeLook
    func look(of edge: GraphLayout.PlacedEdge, in layout: GraphLayout) -> GraphEdgeLook
}

package struct GraphNodeLook: Hashable, Sendable {
    package var glyph: Glyph?
    package var glyphStyle: Style
    package var nameStyle: Style
    package var borderStyle: Style
    /// Whether the border is `╔══╗` also when the node is not the selected one; containers have it only then.
    package var isActive: Bool
    /// Timing, right of the name; left out where there is no room.
    package var note: StyledText
    /// Instead of ``note`` where that does not fit.
    package var shortNote: StyledText
    /// The iterations of a container that has them.
    package var strip: StyledText

    package init(
        glyph: Glyph? = nil, glyphStyle: Style = .plain, nameStyle: Style = .plain, borderStyle: Style = Style(.border),
        isActive: Bool = false, note: StyledText = "", shortNote: StyledText = "",
        strip: StyledText = ""
    ) {
        self.glyph = glyph
        self.glyphStyle = glyphStyle
        self.nameStyle = nameStyle
        self.borderStyle = borderStyle
        self.isActive = isActive
        self.note = note
        self.shortNote = shortNote
        self.strip = strip
    }
}

package struct GraphEdgeLook: Hashable, Sendable {
    package var style: Style
    /// Where edges share cells, the highest is seen.
    package var rank: Int
    package var isDashed: Bool

    package init(style: Style = Style(.border), rank: Int = 0, isDashed: Bool = false) {
        self.style = style
        self.rank = rank
        self.isDashed = isDashed
    }
}
