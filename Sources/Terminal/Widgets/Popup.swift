/// A box in front of everything else.
package struct Popup: Sendable {
    package var title: String
    package var note: String
    package var size: Size

    package init(_ title: String, note: String = "", size: Size) {
        self.title = title
        self.note = note
        self.size = size
    }

    /// Draws the box in the middle and then the contents on the popup's ground.
    ///
    /// - Returns: the box, for the mouse.
    @discardableResult
    package func draw(
        on canvas: inout Canvas, in rect: Rect, contents: (inout Canvas, Rect) -> Void
    ) -> Rect {
        let box = rect.centred(size)
        canvas.frame.cursor = nil
        canvas.grounded(on: .popup) { canvas in
            canvas.fill(box, Style(.text))
            let inside = Pane(title, note: note, isFocused: true).draw(on: &canvas, in: box)
            canvas.clipped(to: inside) { contents(&$0, inside) }
        }
        return box
    }
}
