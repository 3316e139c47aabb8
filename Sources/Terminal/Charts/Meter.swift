/// How much of a limit is used.
package struct Meter: Hashable, Sendable {
    /// From 0 to 1; `nil` when it is not known.
    package var fraction: Double?
    package var role: Role

    /// - Parameter role: the colour while there is enough left; it turns to that of warnings at 80 %, of errors at 95 %.
    package init(_ fraction: Double?, role: Role = .series1) {
        self.fraction = fraction
        self.role = role
    }

    package init(used: Int, of limit: Int, role: Role = .series1) {
        self.init(limit > 0 ? Double(used) / Double(limit) : nil, role: role)
    }

    package func draw(on canvas: inout Canvas, in rect: Rect) {
        guard !rect.isEmpty else { return }
        guard let fraction, fraction.isFinite else {
            canvas.put(.dot, at: rect.origin, style: Style(.dim))
            return
        }
        canvas.horizontalBar(fraction, in: rect.line(0), style: Style(shownRole(fraction)))
    }

    private func shownRole(_ fraction: Double) -> Role {
        switch fraction {
        case ..<0.8: role
        case ..<0.95: .warn
        default: .error
        }
    }
}
