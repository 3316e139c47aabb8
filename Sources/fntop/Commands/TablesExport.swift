import ArgumentParser
import DynamoDB
import JSON

struct TablesExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes the items of a table to a file.",
        discussion: """
            As plain JSON lines sets become arrays and binaries base64 texts; the format dynamodb keeps every type. CSV has \
            a column for each attribute that any item has, so that the table is read twice.
            """
    )

    @Argument(help: "The table.")
    var table: String

    @Argument(help: "The file; - is standard output. It must not be there yet.")
    var file: String

    @Option(help: "json, dynamodb or csv. Default: by the file's ending, else json.")
    var format: TableFormat?

    @OptionGroup var endpoint: EndpointOptions

    func run() async throws {
        let client = try TablesClient(endpoint)
        let keys = ExchangeKeys(table: try await client.describe(table))
        let format = format ?? TableFormat(file: file)
        let output = try OutputFile(file)
        defer { output.close() }
        var header: [String] = []
        if format == .csv {
            header = try await self.header(client, keys)
            try output.write(CSVText.line(header) + "\n")
        }
        var count = 0
        try await client.scan(table) { items in
            count += items.count
            let lines = items.map { item in
                switch format {
                case .json: PlainItem.plain(item).text
                case .dynamodb: (["Item": item] as JSON).text
                case .csv: CSVText.line(CSVItem.cells(item, header))
                }
            }
            try output.write(lines.map { $0 + "\n" }.joined())
        }
        Console.complain("\(count) \(count == 1 ? "item" : "items") of \(table) exported.")
    }

    private func header(_ client: TablesClient, _ keys: ExchangeKeys) async throws -> [String] {
        var names: Set<String> = []
        try await client.scan(table) { items in
            for item in items { names.formUnion(item.object?.keys ?? []) }
        }
        return CSVItem.header(names, keys)
    }
}

extension TableFormat: ExpressibleByArgument {}
