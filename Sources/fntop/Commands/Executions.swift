import ArgumentParser

/// Workflows without a screen.
struct Executions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists, shows, starts and draws executions of state machines.",
        subcommands: [
            ExecutionsList.self, ExecutionsShow.self, ExecutionsStart.self, ExecutionsStop.self,
            ExecutionsRedrive.self, ExecutionsHistory.self, ExecutionsGraph.self,
        ],
        defaultSubcommand: ExecutionsList.self
    )
}
