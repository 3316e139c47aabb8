import ArgumentParser

struct Watch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Attaches the dashboard to a running fntop.",
        discussion: "It may be started before the endpoint is there, and goes on when the endpoint comes back."
    )

    @Argument(help: "The endpoint: http://host:port or a port. Default: $AWS_ENDPOINT_URL, else port 4566.")
    var endpoint: String?

    @OptionGroup var screen: ScreenOptions

    init() {}

    func run() async throws {
        let address = try EndpointAddress(endpoint ?? EndpointOptions.defaultEndpoint)
        let session = DashboardSession(
            options: screen, title: "\(address.host):\(address.port)", endpoint: address.description)
        try await session.run(attachedTo: address)
    }
}
