import Configuration
import JSON

/// The manual page, made from what the command declarations say of themselves and from the key bindings.
struct ManualPage {
    private let root: JSON

    /// - Parameter dump: the parser library's description of a command tree (JSON).
    /// - Throws: `JSONError` when it is not JSON.
    init(dump: String) throws {
        root = try JSON(parsing: dump)["command"] ?? .null
    }

    var roff: String {
        let abstract = root["abstract"]?.string ?? ""
        var lines = [
            #".TH FNTOP 1 "" "fntop \#(Fntop.version)" "User Commands""#,
            ".SH NAME", "fntop \\- \(Self.escaped(abstract))",
            ".SH SYNOPSIS", ".B fntop", "[\\fICOMMAND\\fR] [\\fIOPTIONS\\fR]",
            ".SH DESCRIPTION", Self.paragraphs(root["discussion"]?.string ?? ""),
            ".SH COMMANDS",
        ]
        for command in root["subcommands"]?.array ?? [] where command["commandName"]?.string != "help" {
            lines += Self.section(of: command)
        }
        lines += [".SH KEYS"] + KeyReferenceText.roff
        lines += [".SH EXIT STATUS"]
        for status in ExitStatus.allCases {
            lines += [".TP", ".B \(status.rawValue)", Self.escaped(status.meaning)]
        }
        lines += [
            ".SH FILES", ".TP", ".B ~/.config/fntop/config.toml", ".TQ", ".B ./.fntop.toml",
            Self.escaped(
                "Settings; the later one wins. An alarm that is there from the start is a table [[alarm]] with:"),
            ".RS",
        ]
        for member in AlarmSetting.Member.allCases {
            lines += [".TP", ".B \(member.rawValue)", Self.escaped(member.summary)]
        }
        lines += [".RE", ".SH ENVIRONMENT"]
        for variable in EnvironmentVariable.allCases {
            lines += [".TP", ".B \(variable.rawValue)", Self.escaped(variable.meaning)]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func section(of command: JSON, under parent: String = "fntop") -> [String] {
        let arguments = (command["arguments"]?.array ?? []).filter { $0["shouldDisplay"]?.bool != false }
        let operands = arguments.filter { $0["kind"]?.string == "positional" }.map { operand in
            let name = operand["valueName"]?.string?.uppercased() ?? ""
            return "[\\fI\(escaped(name))\\fR]"
        }
        let heading = (["\(parent) \(command["commandName"]?.string ?? "")"] + operands).joined(separator: " ")
        var lines = [".SS \(heading)", escaped(command["abstract"]?.string ?? "")]
        if let discussion = command["discussion"]?.string { lines += [".PP", paragraphs(discussion)] }
        for argument in arguments {
            guard let abstract = argument["abstract"]?.string else { continue }
            lines += [".TP", ".B \(escaped(label(of: argument)))", escaped(abstract)]
        }
        for inner in command["subcommands"]?.array ?? [] where inner["commandName"]?.string != "help" {
            lines += section(of: inner, under: "\(parent) \(command["commandName"]?.string ?? "")")
        }
        return lines
    }

    private static func label(of argument: JSON) -> String {
        let value = argument["valueName"]?.string?.uppercased() ?? ""
        guard argument["kind"]?.string != "positional" else { return value }
        let names = (argument["names"]?.array ?? []).map { name in
            (name["kind"]?.string == "short" ? "-" : "--") + (name["name"]?.string ?? "")
        }
        let all = names.joined(separator: ", ")
        return argument["kind"]?.string == "option" ? "\(all) \(value)" : all
    }

    private static func paragraphs(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? ".PP" : escaped(String($0)) }
            .joined(separator: "\n")
    }

    static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "\\": escaped += "\\e"
            case "-": escaped += "\\-"
            default: escaped.append(character)
            }
        }
        return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
    }
}
