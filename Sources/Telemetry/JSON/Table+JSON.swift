import JSON

extension TableDescription {
    var json: JSON {
        .known([
            ("name", .string(name)), ("arn", .text(arn)), ("status", .string(status)), ("items", .int(items)),
            ("bytes", .int(bytes)), ("indexes", indexes.isEmpty ? nil : .array(indexes.map(\.json))),
            ("stream", .text(streamARN)), ("description", description.isNull ? nil : description),
        ])
    }

    init(_ fields: Fields) throws(TelemetryFormatError) {
        self.init(
            name: try fields.string("name"), arn: fields.text("arn"), status: fields.text("status"),
            items: fields.count("items"), bytes: fields.count("bytes"),
            indexes: (fields.json["indexes"]?.array ?? []).map { Index(Fields(name: "table.indexes", $0)) },
            streamARN: fields.json["stream"]?.string, description: fields.json["description"] ?? .null)
    }
}

extension TableDescription.Index {
    var json: JSON {
        .known([
            ("name", .string(name)), ("global", .bool(isGlobal)), ("status", .string(status)), ("items", .int(items)),
            ("bytes", .int(bytes)),
        ])
    }

    init(_ fields: Fields) {
        self.init(
            name: fields.text("name"), isGlobal: fields.json["global"]?.bool ?? false, status: fields.text("status"),
            items: fields.count("items"), bytes: fields.count("bytes"))
    }
}
