import ArgumentParser
import Configuration
import LocalCloud

struct Up: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Starts an AWS-compatible endpoint for aws cli and SDKs.",
        discussion: """
            It starts empty; create functions, tables and APIs with any AWS client whose AWS_ENDPOINT_URL is the address \
            that is printed. All state is in memory, but functions, executions and APIs with --data. It listens on the loopback interface only.
            """
    )

    @Flag(help: "Without the dashboard.")
    var headless = false

    @Option(help: "The port to listen on; 0 lets the system choose.")
    var port = EndpointAddress.standardPort

    @Option(help: "A port where the first API answers without a prefix; 0 lets the system choose.")
    var apiPort: Int?

    @Option(help: "A folder where functions, executions and APIs outlive the program, also a crash.")
    var data: String?

    @Option(help: "A mock configuration of Step Functions Local; start ARN#TestCase to use it.")
    var mocks: String?

    @OptionGroup var screen: ScreenOptions

    func run() async throws {
        let folder = try PrivateFolder()
        defer { folder.remove() }
        let kept = try data.map { try DataFolder($0) }
        defer { kept?.unlock() }
        let cloud = try await Startup.cloud(
            port: port, apiPort: apiPort, folder: folder.path, data: kept?.path, mocks: try mocks.map(Console.readFile))
        guard headless else {
            let address = try EndpointAddress(cloud.endpoint)
            let session = DashboardSession(
                options: screen, title: "\(address.host):\(address.port)", stops: "the endpoint \(cloud.endpoint)",
                endpoint: cloud.endpoint)
            let shown = await Task {
                try await session.run(over: cloud.store, actions: EndpointActions(endpoint: { address }))
            }.result
            await cloud.shutdown()
            return try shown.get()
        }
        for note in Preferences.configuration.notes { Console.complain(note) }
        let signals = Signals()
        Console.say("fntop is listening on \(cloud.endpoint)")
        if let address = cloud.apiEndpoint { Console.say("The first API answers on \(address)") }
        await signals.untilAskedToEnd()
        await cloud.shutdown()
    }
}
