package import JSON

/// Items as lines of comma-separated values.
package enum CSVItem {
    /// The cells of an item under a header. Texts stand as they are, all else as JSON; what is missing is empty.
    package static func cells(_ item: JSON, _ header: [String]) -> [String] {
        header.map { name in
            guard let value = item[name] else { return "" }
            let plain = PlainItem.value(value)
            return plain.string ?? plain.text
        }
    }

    /// - Parameter infersTypes: takes cells that are numbers, `true`, `false`, `null`, arrays or objects for such; else all but
    ///   keys are texts.
    /// - Throws: when there are other cells than the header names, or a key that is none.
    package static func item(
        _ cells: [String], _ header: [String], _ keys: ExchangeKeys, infersTypes: Bool
    ) throws(ExchangeError) -> JSON {
        guard cells.count == header.count else {
            throw ExchangeError("\(cells.count) cells stand under a header of \(header.count)")
        }
        var item = JSONObject()
        for (name, cell) in zip(header, cells) where !cell.isEmpty {
            if let kind = keys.kind(name) {
                var value = JSONObject()
                value[kind] = .string(cell)
                item[name] = .object(value)
            } else {
                item[name] = infersTypes ? inferred(cell) : ["S": .string(cell)]
            }
        }
        return .object(item)
    }

    private static func inferred(_ cell: String) -> JSON {
        guard let json = try? JSON(parsing: cell), json.string == nil else { return ["S": .string(cell)] }
        return PlainItem.typed(json)
    }

    /// The names of all attributes that items have: those of the key first, then by name.
    package static func header(_ names: Set<String>, _ keys: ExchangeKeys) -> [String] {
        keys.names + names.subtracting(keys.names).sorted()
    }
}
