import ArgumentParser
import DynamoDB
import JSON

struct TablesImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Puts the items of a file into a table.",
        discussion: """
            Items with keys that are there already are replaced. In CSV files the first line names the attributes; keys get \
            the types of the table, all else is text unless --infer is given.
            """
    )

    @Argument(help: "The table. It must be there.")
    var table: String

    @Argument(help: "The file; - is standard input.")
    var file: String

    @Option(help: "json, dynamodb or csv. Default: by the file's ending, else json.")
    var format: TableFormat?

    @Flag(help: "In CSV files, take numbers, true, false, null, arrays and objects for such.")
    var infer = false

    @OptionGroup var endpoint: EndpointOptions

    /// BatchWriteItem takes no more.
    private static let batch = 25

    func run() async throws {
        let client = try TablesClient(endpoint)
        let keys = ExchangeKeys(table: try await client.describe(table))
        var reader = TableFileReader(format: format ?? TableFormat(file: file), keys: keys, infersTypes: infer)
        let input = try InputFile(file)
        defer { input.close() }
        var waiting = ImportBatch(keys: keys)
        var count = 0
        var isAtEnd = false
        while !isAtEnd {
            let bytes = try input.read()
            isAtEnd = bytes.isEmpty
            let items: [JSON]
            do {
                items = isAtEnd ? try reader.finish() : try reader.feed(bytes)
            } catch {
                throw Failure("\(file), line \(reader.line): \(error)\(Self.done(count))")
            }
            for item in items {
                // A batch must not have a key twice: the later item wins.
                if waiting.has(item) || waiting.items.count == Self.batch {
                    count += try await send(&waiting, client, count)
                }
                waiting.add(item)
            }
        }
        count += try await send(&waiting, client, count)
        Console.say("\(count) \(count == 1 ? "item" : "items") imported into \(table).")
    }

    private func send(_ batch: inout ImportBatch, _ client: TablesClient, _ count: Int) async throws -> Int {
        guard !batch.items.isEmpty else { return 0 }
        do {
            try await client.put(batch.items, into: table)
        } catch let failure as Failure {
            throw Failure("\(failure.message)\(Self.done(count))", status: failure.status)
        }
        defer { batch.removeAll() }
        return batch.items.count
    }

    private static func done(_ count: Int) -> String { count == 0 ? "" : " (\(count) items before it are imported)" }
}

/// Items of different keys that are written together.
struct ImportBatch {
    private(set) var items: [JSON] = []
    private var seen: Set<[JSON?]> = []
    private let keys: ExchangeKeys

    init(keys: ExchangeKeys) { self.keys = keys }

    private func key(_ item: JSON) -> [JSON?] { keys.names.map { item[$0] } }

    func has(_ item: JSON) -> Bool { seen.contains(key(item)) }

    mutating func add(_ item: JSON) {
        seen.insert(key(item))
        items.append(item)
    }

    mutating func removeAll() {
        items = []
        seen = []
    }
}
