import ArgumentParser

/// The command line; README, help, manual page and completions are made from these declarations.
struct Fntop: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "fntop",
        abstract: "Shows a serverless application live, and runs it.",
        discussion: """
            Without a command: attaches to the runtime that answers at $AWS_ENDPOINT_URL or on port 4566, or says \
            what can be done.

            Functions run as ordinary processes with your rights: run only code that you trust.
            """,
        version: version,
        subcommands: [
            DemoCommand.self, Up.self, Watch.self, Invoke.self, Logs.self, Insights.self, Executions.self, APIs.self,
            Traces.self, Metrics.self, Alarms.self, Lints.self, Tables.self, Snapshot.self, Doctor.self,
            Completions.self, Manual.self,
        ]
    )

    @OptionGroup var screen: ScreenOptions

    mutating func run() async throws {
        let address = try EndpointAddress(EndpointOptions.defaultEndpoint)
        guard await EndpointClient(address).answers() else {
            throw Failure(
                """
                Nothing answers at \(address).
                  fntop demo           shows the example application, with traffic
                  fntop up --headless  starts an empty endpoint for aws cli and SDKs
                  fntop watch URL      attaches to a runtime at another address
                """,
                status: .unreachable
            )
        }
        var watch = Watch()
        watch.endpoint = address.description
        watch.screen = screen
        try await watch.run()
    }
}
