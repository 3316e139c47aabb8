import AWSCore
import JSON
import Telemetry

/// Where a SELECT goes on: in which of its partitions, behind which key.
struct PartiQLPlace: Sendable {
    var partition: Int
    var key: JSON

    var text: String {
        let json: JSON = ["partition": .int(partition), "key": key]
        return Base64.encoded(json.bytes)
    }

    init(partition: Int, key: JSON) {
        self.partition = partition
        self.key = key
    }

    /// - Returns: `nil` without a token.
    init?(_ input: JSON) throws(ServiceError) {
        guard let text = input["NextToken"]?.string else { return nil }
        guard let bytes = Base64.decoded(text), let json = try? JSON(parsing: bytes),
            let partition = json["partition"]?.int, let key = json["key"], partition >= 0
        else { throw .validation("Given NextToken is invalid") }
        self.init(partition: partition, key: key)
    }
}

extension PartiQLStatement.Select {
    struct Page: Sendable {
        var page: Reading.Page
        var next: PartiQLPlace?
    }

    /// A page of what the statement finds.
    func page(
        _ session: Session, _ request: OperationInput, from start: PartiQLPlace?
    ) throws(ServiceError) -> Page {
        let table = try session.table(table)
        var input = request.json
        if let index { input["IndexName"] = .string(index) }
        let found = try Reading.index(input, table)
        let schema = found?.schema ?? table.schema
        let partitions = PartiQLKeys.partitions(condition, schema.partition.name)
        let isForward = try isForward(schema, partitions != nil)
        var reading = try Reading(request: request, table: table, index: found, filter: condition, paths: nil)
        if let start { input["ExclusiveStartKey"] = start.key }
        var place = try ReadingPlace(input, table, found)
        guard let partitions else {
            try session.scan(table, found, after: place) { reading.take($0) }
            let page = reading.page
            return Page(page: page, next: page.last.map { PartiQLPlace(partition: 0, key: $0.json) })
        }
        var number = start?.partition ?? 0
        while number < partitions.count {
            let range = try PartiQLKeys.range(partitions[number], condition, schema)
            try session.query(table, found, range, after: place, isForward: isForward) { reading.take($0) }
            let page = reading.page
            if let last = page.last { return Page(page: page, next: PartiQLPlace(partition: number, key: last.json)) }
            number += 1
            place = nil
        }
        return Page(page: reading.page, next: nil)
    }

    private func isForward(_ schema: KeySchema, _ hasPartition: Bool) throws(ServiceError) -> Bool {
        guard let order else { return true }
        guard hasPartition else {
            throw .validation(
                "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.")
        }
        guard schema.has(order.name) else {
            throw .validation("Variable reference \(order.name) in ORDER BY clause must be part of the primary key")
        }
        return !order.isDescending
    }

    /// What is selected of an item.
    func shown(_ item: Item) -> JSON {
        guard let paths else { return item.json }
        var shown = JSONObject()
        for path in paths {
            guard let value = path.value(in: item) else { continue }
            shown[path.lastName] = value.json
        }
        return .object(shown)
    }

    /// The one item whose whole key the condition names.
    ///
    /// - Throws: `ValidationException` when it does not.
    func item(_ session: Session, _ problem: ServiceError) throws(ServiceError) -> Item? {
        let table = try session.table(table)
        guard index == nil, let (key, rest) = PartiQLKeys.key(condition, table.schema) else { throw problem }
        guard let item = try session.item(try table.schema.key(ofItem: key), table) else { return nil }
        return rest?.holds(item) == false ? nil : item
    }
}

extension DocumentPath {
    /// `city` of `addresses[0].city`, `list[2]` of `list[2]`.
    fileprivate var lastName: String {
        var name = root
        for step in steps {
            switch step {
            case .name(let next): name = next
            case .index(let index): name += "[\(index)]"
            }
        }
        return name
    }
}
