import Telemetry
import TelemetryStore
import Terminal

extension DashboardState {
    mutating func handle(_ event: TerminalEvent) -> [ShellEffect] {
        switch event {
        case .key(let key): return press(key)
        case .mouse(let event): return point(event)
        case .paste(let text):
            paste(text)
            layOut()
        case .resize(let size):
            self.size = size
            layOut()
        case .resumed: break
        case .closed: return [.quit]
        }
        return []
    }

    mutating func press(_ key: Key) -> [ShellEffect] {
        // Ctrl-C ends whatever is open.
        if key == .control("c") { return quit() }
        if isSmall { return pressSmall(key) }
        if overlay != nil { return pressOverlay(key) }
        let context = context
        if let effects = stack[stack.count - 1].press(key, context) { return perform(effects) }
        if let effects = stack[stack.count - 1].runBound(key, settings.keys, context) { return perform(effects) }
        guard let command = globalKeys[key] else { return [] }
        return run(command)
    }

    var globalKeys: KeyMap<GlobalCommand> {
        guard !settings.keys.isEmpty else { return GlobalCommand.keys }
        return GlobalCommand.keys.rebound { settings.keys["global.\($0.command)"] }
    }

    mutating func run(_ command: GlobalCommand) -> [ShellEffect] {
        switch command {
        case .tab(let digit): show(tab: digit)
        case .window: lengthen()
        case .pause: pause()
        case .live: goLive()
        case .earlier: step(by: -1)
        case .later: step(by: 1)
        case .palette:
            overlay = .palette(
                TextField("", placeholder: "command, function, table, API, alarm or theme"), selection: 0)
        case .help: overlay = .help(TextField("", placeholder: "search"), top: 0)
        case .history: goBackInHistory()
        case .lints: open(.lints)
        case .mark: mark()
        case .compare: compare()
        case .quit: return quit()
        case .suspend: return [.suspend]
        case .mouse:
            hasMouse.toggle()
            note(hasMouse ? "the mouse is fntop's" : "the mouse is the terminal's: F2 takes it back")
            return [.captureMouse(hasMouse)]
        }
        layOut()
        return []
    }

    private mutating func pause() {
        guard pausedAt == nil else { return goLive() }
        pausedAt = now
    }

    private mutating func goLive() { (pausedAt, range) = (nil, nil) }

    private mutating func lengthen() {
        range = nil
        let lengths = [300, 900, 3600, 10_800, 86_400].map { Microseconds.seconds($0) }
        length = lengths.first { $0 > length } ?? lengths[0]
    }

    /// Steps by a sixth of the window; a step beyond now is live again.
    private mutating func step(by direction: Int64) {
        if let range { return show(range.moved(by: Microseconds(range.length.count / 2 * direction))) }
        let time = (pausedAt ?? now) + Microseconds(length.count / 6 * direction)
        pausedAt = time >= now ? nil : time
    }

    private mutating func paste(_ text: String) {
        switch overlay {
        case .help(var field, _):
            field.paste(text)
            overlay = .help(field, top: 0)
        case .palette(var field, _):
            field.paste(text)
            overlay = .palette(field, selection: 0)
        case .quitQuestion, .question, .copyMenu: break
        case nil: stack[stack.count - 1].paste(text)
        }
    }

    private mutating func point(_ event: MouseEvent) -> [ShellEffect] {
        guard overlay == nil else { return pointOverlay(event) }
        if dragChart(event) { return [] }
        if body.contains(event.point) {
            let context = context
            return perform(stack[stack.count - 1].mouse(event, context))
        }
        guard event.action == .press else { return [] }
        var canvas = Canvas(size, glyphs: settings.glyphs)
        if event.point.row == 1, let index = drawTabs(on: &canvas).firstIndex(where: { $0.contains(event.point) }) {
            return run(.tab(ScreenCatalog.tabs[index].digit))
        }
        guard let place = drawFooter(on: &canvas).first(where: { $0.rect.contains(event.point) }) else { return [] }
        return press(place.key)
    }
}
