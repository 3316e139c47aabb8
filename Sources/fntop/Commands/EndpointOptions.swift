import ArgumentParser

/// Which endpoint a command talks to.
struct EndpointOptions: ParsableArguments {
    @Option(help: "The endpoint: http://host:port or a port. Default: $AWS_ENDPOINT_URL, else port 4566.")
    var endpoint: String?

    static var defaultEndpoint: String {
        EnvironmentVariable.endpoint.value ?? String(EndpointAddress.standardPort)
    }

    func address() throws -> EndpointAddress {
        try EndpointAddress(endpoint ?? Self.defaultEndpoint)
    }
}
