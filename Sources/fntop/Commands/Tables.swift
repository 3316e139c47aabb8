import ArgumentParser

/// Tables without a screen.
struct Tables: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Works with tables: what was done with them, their items, and items as files.",
        subcommands: [TablesList.self, TablesShow.self, TablesItems.self, TablesExport.self, TablesImport.self],
        defaultSubcommand: TablesList.self
    )
}
