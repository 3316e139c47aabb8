extension Role {
    /// What tells a line of a chart from the others where there are no colours.
    package var plainDot: Unicode.Scalar {
        switch self {
        case .series1: "."
        case .series2: "+"
        case .series3: "*"
        case .series5: "x"
        case .error: "-"
        default: "o"
        }
    }

    /// What a bar's part is filled with where there are no colours; `nil` for the part that is drawn as a bar.
    package var plainFill: Unicode.Scalar? {
        switch self {
        case .error: "x"
        case .warn: "!"
        case .info: "+"
        case .series4: "="
        default: nil
        }
    }
}
