import JSON

/// The manual page, made from what the command declarations say of themselves and from the key bindings.
struct ManualPage {
    private let root: JSON

    /// - Parameter dump: the parser library's description of a command tree (JSON).
    /// - Throws: `JSONError` when it is not JSON.
    init(dump: String) throws {
        root = try JSON(parsing: dump)[key: "command"] ?? .null
    }

    var roff: String {
        let abstract = root[key: "abstract"]?.string ?? ""
        var lines = [
            #".TH FNTOP 1 "" "fntop \#(Fntop.version)" "User Commands""#,
            ".SH NAME", "fntop \\- \(Self.escaped(abstract))",
            ".SH SYNOPSIS", ".B fntop", "[\\fICOMMAND\\fR] [\\fIOPTIONS\\fR]",
            ".SH DESCRIPTION", Self.paragraphs(root[key: "discussion"]?.string ?? ""),
            ".SH COMMANDS",
        ]
        for command in root[key: "subcommands"]?.array ?? [] where command[key: "commandName"]?.string != "help" {
            lines += Self.section(of: command)
        }
        lines += [".SH KEYS"] + KeyReferenceText.roff
        lines += [".SH EXIT STATUS"]
        for status in ExitStatus.allCases {
            lines += [".TP", ".B \(status.rawValue)", Self.escaped(status.meaning)]
        }
        lines += [".SH ENVIRONMENT"]
        for variable in EnvironmentVariable.allCases {
            lines += [".TP", ".B \(variable.rawValue)", Self.escaped(variable.meaning)]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func section(of command: JSON) -> [String] {
        let arguments = (command[key: "arguments"]?.array ?? []).filter { $0[key: "shouldDisplay"]?.bool != false }
        let operands = arguments.filter { $0[key: "kind"]?.string == "positional" }.map { operand in
            let name = operand[key: "valueName"]?.string?.uppercased() ?? ""
            return "[\\fI\(escaped(name))\\fR]"
        }
        let heading = (["fntop \(command[key: "commandName"]?.string ?? "")"] + operands).joined(separator: " ")
        var lines = [".SS \(heading)", escaped(command[key: "abstract"]?.string ?? "")]
        if let discussion = command[key: "discussion"]?.string { lines += [".PP", paragraphs(discussion)] }
        for argument in arguments {
            guard let abstract = argument[key: "abstract"]?.string else { continue }
            lines += [".TP", ".B \(escaped(label(of: argument)))", escaped(abstract)]
        }
        return lines
    }

    private static func label(of argument: JSON) -> String {
        let value = argument[key: "valueName"]?.string?.uppercased() ?? ""
        guard argument[key: "kind"]?.string != "positional" else { return value }
        let names = (argument[key: "names"]?.array ?? []).map { name in
            (name[key: "kind"]?.string == "short" ? "-" : "--") + (name[key: "name"]?.string ?? "")
        }
        let all = names.joined(separator: ", ")
        return argument[key: "kind"]?.string == "option" ? "\(all) \(value)" : all
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
