import Terminal

/// What the colours of a chart stand for; without colours, what the dots and bars are drawn with.
enum ChartLegend {
    static func lines(_ names: [(String, Role)], _ canvas: Canvas) -> [Run] {
        names.map { name, role in Run(canvas.hasColors ? " \(name)" : " \(role.plainDot) \(name)", role) }
    }

    static func bars(_ names: [(String, Role)], _ canvas: Canvas) -> [Run] {
        names.map { name, role in
            let mark = canvas.hasColors ? "" : role.plainFill.map { "\($0) " } ?? "\(Mark.bar(8)) "
            return Run(" \(mark)\(name)", role)
        }
    }
}
