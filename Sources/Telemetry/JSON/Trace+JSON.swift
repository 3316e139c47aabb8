import JSON

extension TraceSegment {
    var json: JSON {
        .known([
            ("trace", .string(traceID)), ("id", .string(id)), ("parent", .text(parentID)), ("name", .string(name)),
            ("isSubsegment", isSubsegment ? true : nil), ("start", .time(start)), ("end", .time(end)),
            ("isError", isError ? true : nil), ("isFault", isFault ? true : nil),
            ("isThrottle", isThrottle ? true : nil), ("document", document.isNull ? nil : document),
        ])
    }

    init(_ fields: Fields) throws(TelemetryFormatError) {
        self.init(
            traceID: try fields.string("trace"), id: try fields.string("id"), parentID: fields.text("parent"),
            name: fields.text("name"), isSubsegment: fields.json["isSubsegment"]?.bool ?? false,
            start: try fields.time("start"), end: fields.json["end"]?.int.map { Fields.time($0) },
            isError: fields.json["isError"]?.bool ?? false, isFault: fields.json["isFault"]?.bool ?? false,
            isThrottle: fields.json["isThrottle"]?.bool ?? false, document: fields.json["document"] ?? .null)
    }
}
