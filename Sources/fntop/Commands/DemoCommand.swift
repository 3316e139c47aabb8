import ArgumentParser
import Demo

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Shows the example application, a shop that takes orders, with live traffic.",
        discussion: "Needs python3; node and curl for the functions that are written for them. All state is in memory."
    )

    @Option(help: "Requests a second, on average.")
    var rate = 8.0

    @Option(name: .customLong("for"), help: "End by itself after this time: 60s, 5m.")
    var duration: String?

    @Option(help: "The same seed gives the same traffic.")
    var seed: UInt64 = 1

    @Option(help: "The port of the endpoint; 0 lets the system choose.")
    var port = 0

    @Flag(help: "Without the dashboard.")
    var headless = false

    @OptionGroup var screen: ScreenOptions

    func validate() throws {
        guard rate > 0, rate <= 10_000 else { throw ValidationError("--rate is above 0 and at most 10,000.") }
        _ = try duration.map(TimeText.seconds)
    }

    func run() async throws {
        let folder = try PrivateFolder()
        defer { folder.remove() }
        let limit = try duration.map(TimeText.seconds)
        let session = DemoSession(rate: rate, seed: seed, port: port, folder: folder.path, limit: limit)
        if headless {
            try await session.runHeadless()
        } else {
            try await session.run(in: DashboardSession(options: screen, title: "orders"))
        }
    }
}
