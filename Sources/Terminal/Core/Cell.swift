/// One cell of the screen: a character with at most two combining marks, and a style.
///
/// A wide character takes two cells: the first has `width` 2, the second `width` 0 and nothing to draw.
/// Characters that terminals disagree about (joined emoji, flags, variation selectors) never get into a cell: what
/// draws text replaces them first (``Frame/draw(_:at:style:limit:)``).
package struct Cell: Hashable, Sendable {
    package var scalar: UInt32
    package var firstMark: UInt32 = 0
    package var secondMark: UInt32 = 0
    package var style: Style
    package var width: UInt8

    package init(_ scalar: Unicode.Scalar = " ", style: Style = .plain, width: UInt8 = 1) {
        self.scalar = scalar.value
        self.style = style
        self.width = width
    }

    /// The right half of a wide character.
    package static func continuation(_ style: Style) -> Cell {
        Cell(" ", style: style, width: 0)
    }
}
