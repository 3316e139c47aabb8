import ArgumentParser
import Configuration
import Dashboard
import Glibc
import JSON
import StatesLanguage
import Telemetry
import TelemetryStore
import Terminal

struct ExecutionsGraph: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph",
        abstract: "Draws a state machine, an execution or a file with a definition.",
        discussion: """
            A file needs no endpoint. What is wrong with its definition goes to standard error, and the status is 1; what \
            can be drawn is drawn all the same.
            """
    )

    @Argument(help: "A file with JSON (- for standard input), a state machine's name or ARN, or an execution's ARN.")
    var subject: String

    @Option(help: "Columns and rows; without it, all of it.")
    var size: String?

    @Option(help: "boxes, names or dots; without it, the closest at which all fits.")
    var zoom: String?

    @Flag(help: "With colours, as ANSI sequences.")
    var ansi = false

    @OptionGroup var screen: ScreenOptions
    @OptionGroup var endpoint: EndpointOptions

    func run() async throws {
        let zoom = try parsedZoom()
        let size = try size.map { try SizeText.size($0) }
        var progress = ExecutionProgress()
        var findings: [DefinitionDiagnostic] = []
        let definition: JSON?
        if subject == "-" || isFile {
            let bytes = subject == "-" ? Console.readInput() : try Console.readFile(subject)
            findings = DefinitionValidator.diagnostics(of: String(decoding: bytes, as: UTF8.self), type: "STANDARD")
            definition = try? JSON(parsing: bytes)
        } else {
            let client = try StatesClient(endpoint)
            let isExecution = subject.hasPrefix("arn:") && subject.contains(":execution:")
            definition = isExecution ? try await executionDefinition(client) : try await machineDefinition(client)
            if isExecution, let definition {
                let history = HistoryProgress(try await client.history(subject).map(HistoryEvent.init(awsJSON:)))
                progress = ExecutionProgress(visits: history, definition: definition, until: .now())
            }
        }
        for finding in findings { Console.complain(Self.text(finding)) }
        if let definition {
            var picture = GraphText(definition: definition)
            (picture.progress, picture.zoom, picture.size) = (progress, zoom, size)
            (picture.glyphs, picture.isANSI) = (screen.ascii ? .ascii : .unicode, ansi)
            if !picture.isEmpty { Console.say(picture.text) }
        }
        let errors = findings.count { $0.severity == .error }
        guard errors == 0 else {
            throw Failure("\(subject) has \(errors) error\(errors == 1 ? "" : "s").")
        }
    }

    private var isFile: Bool {
        var info = stat()
        let isThere = stat(subject, &info) == 0 && info.st_mode & S_IFMT != S_IFDIR
        return isThere || subject.hasSuffix(".json")
    }

    private func parsedZoom() throws -> GraphZoom? {
        guard let zoom else { return nil }
        guard let found = GraphZoom(rawValue: zoom) else {
            throw ValidationError("\(zoom) is no zoom; there are boxes, names and dots.")
        }
        return found
    }

    private func machineDefinition(_ client: StatesClient) async throws -> JSON? {
        let arn = try await client.machineARN(subject)
        return Self.definition(
            try await client.call("DescribeStateMachine", ["stateMachineArn": .string(arn)]))
    }

    private func executionDefinition(_ client: StatesClient) async throws -> JSON? {
        Self.definition(
            try await client.call("DescribeStateMachineForExecution", ["executionArn": .string(subject)]))
    }

    private static func definition(_ answer: JSON) -> JSON? {
        try? JSON(parsing: Array((answer["definition"]?.string ?? "").utf8))
    }

    private static func text(_ finding: DefinitionDiagnostic) -> String {
        let place = finding.location.map { "\($0): " } ?? ""
        return SafeText.line("\(finding.severity.rawValue.lowercased()): \(place)\(finding.message) (\(finding.code))")
    }
}

/// Sizes of pictures as a person writes them: `120x40`.
enum SizeText {
    /// - Throws: `ValidationError` that shows how to write it.
    static func size(_ text: String) throws -> Size {
        let numbers = text.split(separator: "x").compactMap { Int($0) }
        guard numbers.count == 2, (1...1000).contains(numbers[0]), (1...1000).contains(numbers[1]) else {
            throw ValidationError("\(text) is no size; write 120x40, at most 1000x1000.")
        }
        return Size(columns: numbers[0], rows: numbers[1])
    }
}
