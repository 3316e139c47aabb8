import Terminal

/// What stands over a screen and takes all keys.
enum Overlay: Sendable {
    case help(TextField, top: Int)
    case palette(TextField, selection: Int)
    case quitQuestion
    case question(String, then: Effect)
    case copyMenu(ChoiceMenu<CopyChoice>)
}

/// A thing that the palette does.
struct PaletteEntry: Sendable {
    enum Action: Hashable, Sendable {
        case key(Key)
        case open(Route)
        case theme(Int)
    }

    var name: String
    var detail: String
    var action: Action
}
