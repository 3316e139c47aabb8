import Telemetry
import TelemetryStore
import Terminal

extension DashboardState {
    func frame() -> Frame {
        var canvas = Canvas(size, glyphs: settings.glyphs)
        canvas.hasColors = settings.hasColors
        guard !isSmall else {
            drawSmall(on: &canvas)
            return canvas.frame
        }
        drawTop(on: &canvas)
        drawTabs(on: &canvas)
        canvas.clipped(to: body) { canvas in
            guard let note = unreachableNote else { return stack.last?.draw(on: &canvas, in: body, context) ?? () }
            canvas.drawNote(note, in: body)
        }
        if let chartDrag { canvas.select(chartDrag.rect) }
        drawFooter(on: &canvas)
        drawOverlay(on: &canvas)
        return canvas.frame
    }

    var rate: String {
        guard let overview, overview.observed.count > 0 else { return Format.none }
        let minutes = Double(overview.observed.count) / 60_000_000
        return Format.rate(perMinute: Double(overview.invocations) / minutes)
    }

    var errors: String {
        guard let overview, overview.invocations > 0 else { return Format.none }
        return Format.percent(Double(overview.errors) / Double(overview.invocations))
    }

    private func drawTop(on canvas: inout Canvas) {
        let line = canvas.bounds.line(0)
        canvas.fill(line, Style(.text, on: .bar))
        let left: [Run] =
            [Run(" fntop ", Style(.background, on: .accent, .bold)), Run(" \(settings.application) ", .strong, .bold)]
            + link + lost + firing + crumbs
        let right = figures
        var shown = right
        let clock = [Run("  \(windowText)  ", .dim), Run(clockText + " ", .strong)]
        let used = canvas.draw(left, at: line.origin, limit: line.columns, on: .bar)
        func width(_ groups: [[Run]]) -> Int { (groups.joined() + clock).reduce(0) { $0 + Text.width($1.text) } }
        while !shown.isEmpty, width(shown) > line.columns - used - 2 { shown.removeLast() }
        let total = width(shown)
        guard total <= line.columns - used else { return }
        canvas.draw(
            Array(shown.joined()) + clock, at: Point(column: line.endColumn - total, row: 0), limit: total, on: .bar)
    }

    /// Instead of a screen on which nothing ever stood.
    private var unreachableNote: [String]? {
        guard let health = overview?.health, health.firstEvent == nil else { return nil }
        for source in health.sources {
            guard case .lost(let why) = source.link else { continue }
            return [
                "nothing that fntop can watch answers at \(source.name)", "\(why); it is tried again", "",
                "to start a runtime there:         fntop up --port \(source.name.split(separator: ":").last ?? "")",
                "to see an application at work:    fntop demo", "to watch what runs elsewhere:     fntop watch URL",
            ]
        }
        return nil
    }

    private var link: [Run] {
        guard let sources = overview?.health.sources, !sources.isEmpty else { return [Run("◐ waiting", .warn)] }
        for source in sources {
            guard case .lost(let why) = source.link else { continue }
            let name = sources.count > 1 ? " \(source.name)" : ""
            return [Run("\(Mark.failed) lost\(name): \(Text.cut(why, to: 60))", .error)]
        }
        if sources.contains(where: { $0.link == .connecting }) { return [Run("◐ connecting", .warn)] }
        if sources.contains(where: { $0.link == .catchingUp }) { return [Run("◐ catching up", .warn)] }
        return pausedAt == nil ? [Run("\(Mark.running) live", .ok)] : [Run("‖ paused", .warn, .bold)]
    }

    /// What was not seen, with how much of it.
    private var lost: [Run] {
        guard let gaps = overview?.health.gaps, !gaps.isEmpty else { return [] }
        let count = gaps.reduce(0) { $1.lost.values.reduce($0) { $0.addingReportingOverflow($1).partialValue } }
        let gapsText = gaps.count == 1 ? "1 gap" : "\(Format.count(gaps.count)) gaps"
        return [Run("  \(gapsText)" + (count > 0 ? ", \(Format.count(count)) lost" : ""), .warn)]
    }

    /// How many alarms fire, and which one since last.
    private var firing: [Run] {
        guard let alarms = overview?.alarms, let newest = alarms.newest else { return [] }
        return [Run("  \(Mark.caret) \(alarms.firing) \(Text.cut(newest.name, to: 24))", .error, .bold)]
    }

    private var crumbs: [Run] {
        guard stack.count > 1 else { return [] }
        let names = stack.suffix(3).map { Text.cut($0.route.crumb, to: 30) }
        let isMarked = stack.last?.markable.map { marks.contains($0) } ?? false
        return [Run("   " + names.joined(separator: " › "), .accent)]
            + (isMarked ? [Run(" \(Mark.marked)", .warn)] : [])
    }

    /// The most important first.
    private var figures: [[Run]] {
        guard let overview else { return [] }
        let cold = overview.invocations > 0 ? Double(overview.coldStarts) / Double(overview.invocations) : nil
        let first: [[Run]] = [
            [Run(" inv ", .dim), Run(rate, .strong, .bold)],
            [Run("  err ", .dim), Run(errors, overview.errors > 0 ? .error : .text)],
            [Run("  p95 ", .dim), Run(Format.duration(microseconds: overview.latency?.p95.count), .strong)],
        ]
        let rest: [[Run]] = [
            [Run("  cold ", .dim), Run(Format.percent(cold), .info)],
            [Run("  running ", .dim), Run(Format.count(overview.inFlight), .strong)],
        ]
        return first + lintFigures + rest + executionFigures
    }

    /// How many findings are open, in the colour of the gravest; only notes are no reason to look up.
    private var lintFigures: [[Run]] {
        let open = (lints?.findings ?? []).filter { !silenced.contains($0.id) && $0.severity < .note }
        guard let worst = open.map(\.severity).min() else { return [] }
        return [[Run("  ! ", worst.role, .bold), Run("\(open.count)", worst.role)]]
    }

    private var executionFigures: [[Run]] {
        guard let executions = overview?.executions, !executions.recent.isEmpty else { return [] }
        return [[Run("  exec ", .dim), Run("\(Format.count(executions.running)) running", .accent)]]
    }

    private var windowText: String {
        if let range { return spanText(range) }
        return lengthText
    }

    private var lengthText: String {
        shownLength < length ? "last \(shownLength.windowText) of \(length.windowText)" : "last \(length.windowText)"
    }

    /// To the second only where the picture is made anew each second.
    private var clockText: String {
        let time = (pausedAt ?? now).microseconds
        return dependsOnTime ? Format.time(microseconds: time) : Format.minute(microseconds: time)
    }

    @discardableResult
    func drawTabs(on canvas: inout Canvas) -> [Rect] {
        let tabs = ScreenCatalog.tabs
        let selected = tabs.firstIndex { $0.digit == tab } ?? 0
        return Tabs(tabs.map(\.title), selected: selected, digits: tabs.map(\.digit)).draw(
            on: &canvas, in: canvas.bounds.line(1))
    }

    @discardableResult
    func drawFooter(on canvas: inout Canvas) -> [Footer.Place] {
        let line = canvas.bounds.line(size.rows - 1)
        guard notice == nil else {
            canvas.fill(line, Style(.text, on: .bar))
            canvas.draw([Run(" " + (notice?.text ?? ""), .warn)], at: line.origin, limit: line.columns, on: .bar)
            return []
        }
        let takesLetters = stack.last?.takesLetters ?? false
        let hints = (screenEntries + globalKeys.entries).filter(\.isInFooter).compactMap { entry in
            entry.keys.first { !takesLetters || !$0.isCharacter }.map { key in
                // The way back, and where all keys are told.
                let isLasting = entry.keys.contains(.escape) || entry.keys.contains(.character("?"))
                return KeyHint(key: key, name: key.name(settings.glyphs), title: entry.title, isLasting: isLasting)
            }
        }
        return Footer(hints).draw(on: &canvas, in: line)
    }
}

extension Microseconds {
    /// `15m`, `3h`: a window as the keys name it.
    var windowText: String {
        let minutes = count / 60_000_000
        return minutes >= 60 && minutes % 60 == 0 ? "\(minutes / 60)h" : "\(minutes)m"
    }
}

extension Key {
    fileprivate var isCharacter: Bool {
        if case .character = self { return true }
        return false
    }
}
