package import JSON
package import Terminal

/// The graph of a state machine, as far as its definition makes sense: broken ones are drawn as well.
package struct StateMachineGraph: Hashable, Sendable {
    package let model: GraphModel
    /// The type of each state, as the definition names it.
    package let types: [String: String]

    package init(definition: JSON) {
        var reader = DefinitionReader()
        model = reader.model(of: definition, level: 0)
        types = reader.types
    }

    package func layout(zoom: GraphZoom) -> GraphLayout { GraphLayout(model, zoom: zoom) }

    /// - Parameters:
    ///   - layout: one of this graph's; keep it, drawing is far faster than laying out.
    ///   - offset: the cell of the layout at the top left corner of the rectangle; see ``GraphLayout/bounded(_:in:)``.
    ///   - selection: the name of a state.
    package func draw(
        _ layout: GraphLayout, on canvas: inout Canvas, in rect: Rect, offset: Point, selection: String? = nil,
        progress: ExecutionProgress = ExecutionProgress()
    ) {
        let look = ExecutionLook(types: types, progress: progress, glyphs: canvas.glyphs)
        GraphPicture(layout, look: look, offset: offset, selection: selection).draw(on: &canvas, in: rect)
    }
}
