import Glibc

/// The environment variables that the program itself reads.
enum EnvironmentVariable: String, CaseIterable {
    case endpoint = "AWS_ENDPOINT_URL"
    case theme = "FNTOP_THEME"
    case colors = "FNTOP_COLORS"
    case synchronized = "FNTOP_SYNC"
    case noColor = "NO_COLOR"
    case configuration = "XDG_CONFIG_HOME"
    case editor = "EDITOR"
    case columns = "COLUMNS"

    var meaning: String {
        switch self {
        case .endpoint: "The endpoint that watch, invoke, logs, executions, tables, metrics and snapshot use."
        case .theme: "The theme, when --theme is not given."
        case .colors: "none, 16, 256 or direct: how many colours to use, whatever the terminal says."
        case .synchronized: "0 leaves out the marks around a frame that let a terminal show it at once."
        case .noColor: "Set to anything: no colours."
        case .configuration: "Where fntop/config.toml and fntop/themes are looked for; ~/.config by default."
        case .editor: "The editor for events."
        case .columns: "How wide graphs may be that are printed; without it the terminal's width, or 120."
        }
    }

    var value: String? {
        guard let value = getenv(rawValue) else { return nil }
        return String(cString: value)
    }
}
