extension Frame {
    /// The rows as text without the spaces at their ends; what golden tests compare.
    package var text: String {
        (0..<size.rows).map { row in text(row: row) }.joined(separator: "\n")
    }

    package func text(row: Int) -> String {
        guard (0..<size.rows).contains(row) else { return "" }
        var line = String.UnicodeScalarView()
        var end = line.endIndex
        for column in 0..<size.columns where self[column, row].width > 0 {
            let cell = self[column, row]
            line.append(
                contentsOf: [cell.scalar, cell.firstMark, cell.secondMark].lazy.filter { $0 != 0 }.compactMap(
                    Unicode.Scalar.init))
            if cell.scalar != 0x20 { end = line.endIndex }
        }
        return String(line[..<end])
    }

    /// The role of each cell's foreground as a letter, and that of its background when that is not the screen's: rows of
    /// `foreground[background]` letters would not line up, so backgrounds are a picture of their own (`of: \.background`).
    package func roles(of part: KeyPath<Style, Role> = \.foreground) -> String {
        (0..<size.rows).map { row in
            String((0..<size.columns).map { self[$0, row].style[keyPath: part].letter })
        }
        .joined(separator: "\n")
    }
}

extension Role {
    /// One letter for pictures of roles in tests: `a` to `z`, then `A` to `Z`, in the order of the declaration.
    package var letter: Character {
        let start: UInt8 = rawValue < 26 ? 0x61 : 0x41 - 26
        return Character(Unicode.Scalar(start &+ rawValue))
    }
}
