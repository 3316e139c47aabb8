import JSON

extension CustomMetric {
    /// Values that were measured once are numbers, others are pairs of the value and its count.
    var json: JSON {
        .known([
            ("namespace", .string(namespace)), ("name", .string(name)), ("unit", .string(unit)),
            ("values", values.isEmpty ? nil : .array(values.map(\.json))), ("summary", summary?.json),
            ("dimensions", .array(dimensions.map { ["name": .string($0.name), "value": .string($0.value)] })),
        ])
    }

    init(_ fields: Fields) throws(TelemetryFormatError) {
        let summary = fields.fields("summary").flatMap { Summary($0) }
        let values = (fields.json["values"]?.array ?? []).compactMap { Value($0) }
        guard summary != nil || !values.isEmpty else { throw fields.missing("values") }
        self.init(
            namespace: try fields.string("namespace"),
            name: try fields.string("name"),
            dimensions: (fields.json["dimensions"]?.array ?? []).map {
                Dimension(name: $0["name"]?.string ?? "", value: $0["value"]?.string ?? "")
            },
            values: values,
            summary: summary,
            unit: fields.text("unit")
        )
    }
}

extension CustomMetric.Value {
    fileprivate var json: JSON { count == 1 ? .double(value) : .array([.double(value), .double(count)]) }

    fileprivate init?(_ json: JSON) {
        guard let value = json.double ?? json[0]?.double else { return nil }
        self.init(value, count: json[1]?.double ?? 1)
    }
}

extension CustomMetric.Summary {
    fileprivate var json: JSON {
        ["count": .double(count), "sum": .double(sum), "minimum": .double(minimum), "maximum": .double(maximum)]
    }

    fileprivate init?(_ fields: Fields) {
        guard let count = fields.json["count"]?.double, let sum = fields.json["sum"]?.double,
            let minimum = fields.json["minimum"]?.double, let maximum = fields.json["maximum"]?.double
        else { return nil }
        self.init(count: count, sum: sum, minimum: minimum, maximum: maximum)
    }
}
