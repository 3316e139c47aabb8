/// What gets into one cell, or into two: a base with at most two marks. Always safe to send to a terminal.
struct DrawnCharacter: Hashable {
    var scalar: UInt32
    var firstMark: UInt32 = 0
    var secondMark: UInt32 = 0
    /// 1 or 2.
    var width = 1

    static let replacement = DrawnCharacter(scalar: 0xFFFD)
}
