package import Telemetry

/// How the service runs; tests change the times.
package struct LambdaSettings: Sendable {
    /// Where code is unpacked and bootstraps are written; made when it is missing.
    package var directory: String
    /// Where functions and their code outlive the program; `nil` keeps them in memory and ``directory``.
    package var dataFolder: String?
    /// How functions reach the endpoint: `AWS_ENDPOINT_URL`. Asked for at each start of an environment.
    package var endpoint: @Sendable () -> String
    package var clock: any LambdaClock = WallClock()
    /// Before the second and third try of an asynchronous invocation.
    package var retryDelays: [Microseconds] = [.seconds(60), .seconds(120)]
    package var maximumEventAge: Microseconds = .seconds(6 * 3600)
    package var initLimit: Duration = .seconds(10)
    /// Environments that had nothing to do for so long end.
    package var idleLimit: Duration = .seconds(600)
    package var accountConcurrency = 1000
    /// Processes starting at the same time; more would only make each other slow.
    package var simultaneousStarts: Int
    /// How long extensions have to shut down.
    package var shutdownLimit: Duration = .seconds(2)
    /// Asynchronous invocations that wait, of all functions.
    package var queueLimit = 100_000

    package init(directory: String, simultaneousStarts: Int, endpoint: @escaping @Sendable () -> String) {
        self.directory = directory
        self.simultaneousStarts = simultaneousStarts
        self.endpoint = endpoint
    }
}
