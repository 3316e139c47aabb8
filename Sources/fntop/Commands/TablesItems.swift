import ArgumentParser
import Dashboard
import JSON
import Terminal

struct TablesItems: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "items",
        abstract: "Prints items of a table.",
        discussion: """
            Conditions are written with their values: --filter 'total > 10 and status = "paid"'. Of one partition the \
            greatest sort key comes first. Without --json a table; with it one item a line as plain JSON, or with --types \
            as DynamoDB's.
            """
    )

    @Argument(help: "The table.")
    var table: String

    @Option(help: "Look in this index.")
    var index: String?

    @Option(help: "Only of this partition key.")
    var key = ""

    @Option(help: "A condition on the sort key: 2026-*, '> 10' or 10..20.")
    var sort = ""

    @Option(help: "A condition on any attribute.")
    var filter = ""

    @Option(help: "At most so many.")
    var limit = 100

    @Flag(help: "The smallest sort key first.")
    var ascending = false

    @Flag(help: "One JSON object an item and line.")
    var json = false

    @Flag(help: "With --json: DynamoDB's JSON, which tells the type of each value.")
    var types = false

    @OptionGroup var endpoint: EndpointOptions

    func run() async throws {
        guard limit > 0 else { throw ValidationError("--limit is at least 1.") }
        let client = EndpointClient(try endpoint.address())
        let description = try await client.call(
            .dynamodb, "DescribeTable", ["TableName": .string(table)], isObserving: true)
        guard var schema = TableSchema(description) else {
            throw Failure("The endpoint describes no keys of \(table).")
        }
        schema.name = table
        guard index == nil || schema.indexes.contains(where: { $0.name == index }) else {
            let names = schema.indexes.compactMap(\.name)
            throw Failure(
                "\(table) has no index \(index ?? "")"
                    + (names.isEmpty ? "; it has none." : "; it has: \(names.joined(separator: ", "))."))
        }
        let query = ItemQuery(index: index, partition: key, sort: sort, filter: filter, isDescending: !ascending)
        let items = try await read(query, schema, client)
        guard !json else {
            for item in items { Console.say(types ? JSON.object(item).text : Attribute.plain(item).text) }
            return
        }
        let columns = ItemColumn.columns(of: items, schema, query.keys(schema)).prefix(8)
        let rows = items.map { item in
            columns.map { column in item[column.name].map { Text.cut(Attribute.text($0), to: 48) } ?? Format.none }
        }
        let right = Set(columns.indices.filter { columns[$0].types == "N" })
        Console.say(TextTable.text(columns.map(\.name), rows, right: right))
    }

    /// Pages until there are enough, or no more.
    private func read(_ query: ItemQuery, _ schema: TableSchema, _ client: EndpointClient) async throws -> [JSONObject]
    {
        var items: [JSONObject] = []
        var start: JSON?
        repeat {
            let call: EndpointCall
            do throws(ConditionProblem) {
                call = try query.call(schema, after: start)
            } catch {
                throw Failure("\(error.text).", status: .wrongUsage)
            }
            let page = try await client.call(call)
            items += (page["Items"]?.array ?? []).compactMap(\.object)
            start = page["LastEvaluatedKey"]
        } while start != nil && items.count < limit
        return Array(items.prefix(limit))
    }
}
