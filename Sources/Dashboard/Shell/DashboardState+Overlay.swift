import Telemetry
import TelemetryStore
import Terminal

extension DashboardState {
    mutating func pressOverlay(_ key: Key) -> [ShellEffect] {
        if key == .escape {
            overlay = nil
            return []
        }
        switch overlay {
        case .quitQuestion:
            overlay = nil
            return key == .character("y") || key == .character("q") || key == .enter ? [.quit] : []
        case .question(_, let effect):
            overlay = nil
            return key == .character("y") || key == .enter ? perform([effect]) : []
        case .help(let field, let top): pressHelp(key, field, top)
        case .palette(let field, let selection): return pressPalette(key, field, selection)
        case .copyMenu(var menu):
            let answer = menu.press(key)
            return take(answer, of: menu)
        case nil: break
        }
        return []
    }

    /// A click outside closes what is open.
    mutating func pointOverlay(_ event: MouseEvent) -> [ShellEffect] {
        guard event.action == .press else { return [] }
        guard case .copyMenu(var menu) = overlay else {
            overlay = nil
            return []
        }
        let answer = menu.click(event.point, in: Rect(column: 0, row: 0, columns: size.columns, rows: size.rows))
        return take(answer, of: menu)
    }

    private mutating func take(
        _ answer: ChoiceMenu<CopyChoice>.Answer, of menu: ChoiceMenu<CopyChoice>
    ) -> [ShellEffect] {
        overlay = answer == .stays ? .copyMenu(menu) : nil
        guard case .chosen(let choice) = answer else { return [] }
        return perform([.copy(choice.text, title: choice.title)])
    }

    private mutating func pressHelp(_ key: Key, _ field: TextField, _ top: Int) {
        var field = field
        let last = max(helpRows(field.text).count - 1, 0)
        switch key {
        case .down: overlay = .help(field, top: min(top + 1, last))
        case .up: overlay = .help(field, top: max(top - 1, 0))
        case .pageDown: overlay = .help(field, top: min(top + 10, last))
        case .pageUp: overlay = .help(field, top: max(top - 10, 0))
        case .enter: overlay = nil
        default: if field.press(key) { overlay = .help(field, top: 0) }
        }
    }

    private mutating func pressPalette(_ key: Key, _ field: TextField, _ selection: Int) -> [ShellEffect] {
        var field = field
        let entries = paletteEntries(field.text)
        switch key {
        case .down: overlay = .palette(field, selection: min(selection + 1, max(entries.count - 1, 0)))
        case .up: overlay = .palette(field, selection: max(selection - 1, 0))
        case .enter:
            overlay = nil
            guard entries.indices.contains(selection) else { return [] }
            return run(entries[selection].action)
        default: if field.press(key) { overlay = .palette(field, selection: 0) }
        }
        return []
    }

    private mutating func run(_ action: PaletteEntry.Action) -> [ShellEffect] {
        switch action {
        case .key(let key): return press(key)
        case .open(let route): return perform([.open(route)])
        case .theme(let index):
            return settings.themes.indices.contains(index) ? [.use(settings.themes[index].palette)] : []
        }
    }

    /// What fits the words best first.
    func paletteEntries(_ words: String) -> [PaletteEntry] {
        var entries = (screenEntries + globalKeys.entries).compactMap { entry in
            entry.keys.first.map {
                PaletteEntry(
                    name: entry.title, detail: "\($0.name(settings.glyphs))  \(entry.summary)", action: .key($0))
            }
        }
        entries.append(
            PaletteEntry(
                name: "insights", detail: "queries of CloudWatch Logs Insights over the log",
                action: .open(.insights(query: nil))))
        entries.append(
            PaletteEntry(name: "log", detail: "what fntop says of itself", action: .open(.diagnostics)))
        entries += (overview?.functions ?? []).map {
            PaletteEntry(
                name: $0.function.name, detail: "function", action: .open(.function($0.function.name, .overview)))
        }
        entries += (overview?.functions ?? []).map {
            PaletteEntry(
                name: "logs \($0.function.name)", detail: "its log lines",
                action: .open(.logs(filter: "fn:\($0.function.name)")))
        }
        let executions = overview?.executions ?? ExecutionOverview()
        entries += executions.machines.map {
            PaletteEntry(name: $0.name, detail: "state machine", action: .open(.executions(machine: $0.arn)))
        }
        entries += executions.recent.map {
            PaletteEntry(
                name: $0.name, detail: "execution of \($0.machine) · \($0.status.word)",
                action: .open(.execution($0.arn, event: nil)))
        }
        entries += names.entries
        entries += recent.map {
            PaletteEntry(name: $0.description, detail: "invocation", action: .open(.invocation($0)))
        }
        entries += settings.themes.enumerated().map {
            PaletteEntry(name: "theme \($1.name)", detail: "colours", action: .theme($0))
        }
        guard !words.isEmpty else { return entries }
        let scored = entries.compactMap { entry in FuzzyMatch(words, in: entry.name).map { ($0.score, entry) } }
        // A name that was typed to its end is meant.
        func rank(_ scored: (Int, PaletteEntry)) -> (Int, Int) { (scored.1.name == words ? 1 : 0, scored.0) }
        return scored.sorted { rank($0) > rank($1) }.map(\.1)
    }

    var screenEntries: [KeyEntry] { stack.last?.keyEntries(settings.keys) ?? [] }

    /// All keys under their headings: of this screen, for moving, and of every screen.
    func helpRows(_ words: String) -> [HelpRow] {
        let here = screenEntries
        let own = here.filter { !$0.isMovement }
        let named = own.map(\.group).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let groups: [(String, [KeyEntry])] =
            named.map { name in
                (name.isEmpty ? stack.last?.route.title ?? "" : name, own.filter { $0.group == name })
            } + [("Moving", here.filter(\.isMovement)), ("Everywhere", globalKeys.entries)]
        return groups.flatMap { title, entries -> [HelpRow] in
            let found = entries.filter { $0.matches(words) }
            return found.isEmpty ? [] : [.heading(title)] + found.map(HelpRow.key)
        }
    }

    func drawOverlay(on canvas: inout Canvas) {
        let bounds = canvas.bounds
        switch overlay {
        case .help(let field, let top): drawHelp(on: &canvas, field, top)
        case .palette(let field, let selection): drawPalette(on: &canvas, field, selection)
        case .quitQuestion:
            let what = settings.stopsOnQuit ?? ""
            Popup("quit?", size: Size(columns: max(Text.width(what) + 14, 34), rows: 4)).draw(on: &canvas, in: bounds) {
                $0.draw(" This stops \(what).", at: $1.origin, style: Style(.strong))
                $0.draw(" y quits · Esc stays", at: Point(column: $1.column, row: $1.row + 1), style: Style(.dim))
            }
        case .question(let text, _):
            Popup("sure?", size: Size(columns: max(Text.width(text) + 4, 34), rows: 4)).draw(on: &canvas, in: bounds) {
                $0.draw(" \(text)", at: $1.origin, style: Style(.strong))
                $0.draw(" y does it · Esc leaves it", at: Point(column: $1.column, row: $1.row + 1), style: Style(.dim))
            }
        case .copyMenu(let menu): menu.draw(on: &canvas, in: bounds)
        case nil: break
        }
    }

    private func drawHelp(on canvas: inout Canvas, _ field: TextField, _ top: Int) {
        let rows = helpRows(field.text)
        let isWide = canvas.bounds.columns >= 112
        let size = Size(columns: isWide ? 112 : 86, rows: rows.count + 4)
        let below = rows.count - min(size.rows, canvas.bounds.rows) + 4
        let note = below > top ? "type to search · \(Mark.down) more · Esc closes" : "type to search · Esc closes"
        Popup("keys", note: note, size: size).draw(on: &canvas, in: canvas.bounds) { canvas, inside in
            field.draw(on: &canvas, in: inside.line(0))
            for (place, row) in rows.dropFirst(top).prefix(max(inside.rows - 1, 0)).enumerated() {
                let line = inside.line(place + 1)
                canvas.draw(row.runs(settings.glyphs, isWide: isWide), at: line.origin, limit: line.columns)
            }
        }
    }

    private func drawPalette(on canvas: inout Canvas, _ field: TextField, _ selection: Int) {
        let entries = paletteEntries(field.text)
        let bounds = canvas.bounds
        let size = Size(columns: min(80, bounds.columns - 4), rows: min(max(entries.count, 1) + 3, 18))
        // What is typed stays where it is when there is less to choose from.
        let top = max((bounds.rows - 18) / 2, 0)
        let place = Rect(column: 0, row: top, columns: bounds.columns, rows: min(size.rows, bounds.rows - top))
        Popup("command", note: "Enter runs", size: size).draw(on: &canvas, in: place) { canvas, inside in
            field.draw(on: &canvas, in: inside.line(0))
            guard !entries.isEmpty else {
                return canvas.drawNote(["nothing is called like that"], in: inside.line(1))
            }
            let room = max(inside.rows - 1, 0)
            let window = ScrollWindow(first: 0, visible: room, count: entries.count, showing: selection)
            for (row, index) in window.rows.enumerated() {
                let line = inside.line(row + 1)
                let runs = Run.cell(" " + entries[index].name, 28, Style(.strong)) + [Run(entries[index].detail, .dim)]
                canvas.draw(runs, at: line.origin, limit: line.columns)
                if index == selection { canvas.select(line) }
            }
        }
    }
}
