import ArgumentParser

/// Tables without a screen.
struct Tables: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Exports and imports the items of tables.",
        subcommands: [TablesExport.self, TablesImport.self]
    )
}
