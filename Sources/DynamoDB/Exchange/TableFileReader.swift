package import JSON

/// Items of a file, put together from pieces of it.
package struct TableFileReader: Sendable {
    private let format: TableFormat
    private let keys: ExchangeKeys
    private let infersTypes: Bool
    private var rest: [UInt8] = []
    private var csv = CSVText()
    private var header: [String]?
    /// The line that was read last, from 1 on; of CSV the record.
    package private(set) var line = 0

    /// An item has at most 400 KB; as text it may be several times that.
    private static let longestLine = 8 << 20

    package init(format: TableFormat, keys: ExchangeKeys, infersTypes: Bool = false) {
        self.format = format
        self.keys = keys
        self.infersTypes = infersTypes
    }

    /// The items that end in these bytes.
    package mutating func feed(_ bytes: [UInt8]) throws(ExchangeError) -> [JSON] {
        guard format != .csv else { return try items(csv.feed(bytes)) }
        var items: [JSON] = []
        rest += bytes
        var start = 0
        while let end = rest[start...].firstIndex(of: 0x0A) {
            if let item = try item(rest[start..<end]) { items.append(item) }
            start = end + 1
        }
        rest.removeFirst(start)
        guard rest.count <= Self.longestLine else {
            line += 1
            throw ExchangeError("a line is longer than 8 MB")
        }
        return items
    }

    /// The item that is left at the end of the file.
    package mutating func finish() throws(ExchangeError) -> [JSON] {
        if format == .csv { return try items(csv.finish().map { [$0] } ?? []) }
        defer { rest = [] }
        return try item(rest[...]).map { [$0] } ?? []
    }

    private mutating func item(_ bytes: ArraySlice<UInt8>) throws(ExchangeError) -> JSON? {
        line += 1
        guard bytes.contains(where: { $0 > 0x20 }) else { return nil }
        let json: JSON
        do throws(JSONError) {
            json = try JSON(parsing: bytes)
        } catch {
            throw ExchangeError("this is not JSON: \(error)")
        }
        guard format == .dynamodb else { return try PlainItem.item(json, keys) }
        let item = json.object?.count == 1 ? json["Item"] ?? json : json
        guard item.object != nil else { throw ExchangeError("an item is expected: {\"Item\": {…}}") }
        return item
    }

    private mutating func items(_ records: [[String]]) throws(ExchangeError) -> [JSON] {
        var items: [JSON] = []
        for record in records {
            line += 1
            guard let header else {
                header = record
                continue
            }
            items.append(try CSVItem.item(record, header, keys, infersTypes: infersTypes))
        }
        return items
    }
}
