import Terminal

/// A frame as text with direct colours.
enum ANSIText {
    static func text(_ frame: Frame, _ palette: Palette) -> String {
        var text = ""
        for row in 0..<frame.size.rows {
            var last: Style?
            for column in 0..<frame.size.columns {
                let cell = frame[column, row]
                guard cell.width > 0 else { continue }
                if cell.style != last {
                    text += sequence(cell.style, palette)
                    last = cell.style
                }
                for value in [cell.scalar, cell.firstMark, cell.secondMark] where value != 0 {
                    if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
                }
            }
            text += "\u{1B}[0m\n"
        }
        return text
    }

    private static func sequence(_ style: Style, _ palette: Palette) -> String {
        var codes = ["0"]
        let attributes: [(Style.Attributes, String)] = [
            (.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.reverse, "7"),
        ]
        for (attribute, code) in attributes where style.attributes.contains(attribute) { codes.append(code) }
        if case .rgb(let red, let green, let blue) = palette[style.foreground] {
            codes.append("38;2;\(red);\(green);\(blue)")
        }
        if case .rgb(let red, let green, let blue) = palette[style.background] {
            codes.append("48;2;\(red);\(green);\(blue)")
        }
        return "\u{1B}[\(codes.joined(separator: ";"))m"
    }
}
