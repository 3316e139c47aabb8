import ArgumentParser
import Configuration
import Glibc
import JSON
import LocalCloud
import Terminal

struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Says what is installed, what is missing, and how the terminal is."
    )

    @OptionGroup var endpoint: EndpointOptions

    @Flag(help: "List the AWS operations that the endpoint serves, and nothing else.")
    var operations = false

    @Flag(help: "With --operations: as JSON, {\"service\": [\"Operation\", …]}.")
    var json = false

    func validate() throws {
        guard operations || !json else { throw ValidationError("--json goes with --operations.") }
    }

    func run() async throws {
        if operations { return try await list() }
        let address = try endpoint.address()
        var lines = ["fntop \(Fntop.version)", "", "Interpreters on the PATH"]
        lines += [
            Self.program("python3", needed: "python3.* functions"), Self.program("node", needed: "nodejs* functions"),
            Self.program("curl", needed: "the demo's notify-user"),
        ]
        lines += ["", "Endpoint"]
        let answers = await EndpointClient(address).answers()
        lines.append(
            answers
                ? Self.good("a fntop answers at \(address)")
                : Self.poor("nothing answers at \(address)", "fntop up --headless"))
        lines += ["", "Terminal"] + Self.terminal()
        let configuration = Preferences.configuration
        lines += ["", "Configuration"]
        lines.append(
            Self.good(
                "theme \(configuration.settings.theme); there are "
                    + configuration.themes.map(\.name).joined(separator: " ")))
        lines += configuration.notes.map { Self.poor($0, nil) }
        Console.say(lines.joined(separator: "\n"))
    }

    /// Those of the endpoint; where none answers, of one that lives only for this question.
    private func list() async throws {
        let address = try endpoint.address()
        let client = EndpointClient(address)
        guard await client.answers() else {
            let folder = try PrivateFolder()
            defer { folder.remove() }
            let cloud = try await Startup.cloud(port: 0, folder: folder.path)
            let answer = try await EndpointClient(try EndpointAddress(cloud.endpoint)).operations()
            await cloud.shutdown()
            return show(answer)
        }
        show(try await client.operations())
    }

    private func show(_ answer: JSON) {
        guard !json else { return Console.say(answer.text) }
        let services = answer.object ?? JSONObject()
        Console.say(
            services.map { service, names in
                let names = (names.array ?? []).compactMap(\.string)
                return "\(service) (\(names.count))\n" + names.map { "  \($0)" }.joined(separator: "\n")
            }.joined(separator: "\n"))
    }

    private static func program(_ name: String, needed: String) -> String {
        let path = Preferences.variable("PATH") ?? ""
        for folder in path.split(separator: ":") where access("\(folder)/\(name)", X_OK) == 0 {
            return good("\(name): \(folder)/\(name)")
        }
        return poor(
            "\(name) is missing: \(needed) cannot run",
            "install it, for instance: apt-get install \(name == "node" ? "nodejs" : name)")
    }

    private static func terminal() -> [String] {
        guard Console.isTerminal else {
            return [good("standard output is no terminal: commands without a screen work")]
        }
        var size = winsize()
        _ = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size)
        let name = Preferences.variable("TERM") ?? ""
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap(Preferences.variable).first { !$0.isEmpty } ?? "C"
        let isUTF8 = locale.lowercased().replacing("-", with: "").hasSuffix("utf8")
        return [
            name.isEmpty ? poor("TERM is not set", "export TERM=xterm-256color") : good("TERM is \(name)"),
            good("\(size.ws_col)x\(size.ws_row) cells"),
            good(
                Preferences.variable("COLORTERM").map { "COLORTERM is \($0)" }
                    ?? "COLORTERM is not set: at most 256 colours"),
            isUTF8
                ? good("the locale \(locale) is UTF-8")
                : poor("the locale \(locale) is not UTF-8", "export LANG=C.UTF-8"),
        ]
    }

    private static func good(_ text: String) -> String { "  ✓ \(text)" }

    private static func poor(_ text: String, _ remedy: String?) -> String {
        "  ✗ \(text)" + (remedy.map { "\n      \($0)" } ?? "")
    }
}
