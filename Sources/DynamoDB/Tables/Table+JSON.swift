import JSON
import Telemetry

/// How tables are written down.
extension Table {
    var json: JSON {
        var json: JSON = [
            "name": .string(name), "uuid": .string(uuid), "created": .time(created), "schema": schema.json,
            "attributes": .array(attributes.map(\.json)), "indexes": .array(indexes.map(\.json)),
            "billing": billing.json, "protected": .bool(isProtected), "tags": .object(tags),
        ]
        if let stream { json["stream"] = .int(stream) }
        if let tableClass { json["class"] = .string(tableClass) }
        if let encryption { json["encryption"] = encryption }
        if let timeToLive {
            json["ttl"] = [
                "attribute": .string(timeToLive.attribute), "index": .int(timeToLive.index),
                "filled": .bool(timeToLive.isFilled),
            ]
        }
        return json
    }

    init?(id: Int, _ json: JSON) {
        let attributes = (json["attributes"]?.array ?? []).compactMap(KeySchema.Attribute.init(json:))
        guard let name = json["name"]?.string, let uuid = json["uuid"]?.string, let created = json["created"]?.time,
            let schema = KeySchema(kept: json["schema"], attributes), let billing = Billing(json["billing"])
        else { return nil }
        self.init(
            id: id, name: name, uuid: uuid, created: created, schema: schema, attributes: attributes, billing: billing)
        for index in json["indexes"]?.array ?? [] {
            guard let index = TableIndex(index, attributes) else { return nil }
            indexes.append(index)
        }
        isProtected = json["protected"]?.bool ?? false
        tags = json["tags"]?.object ?? JSONObject()
        stream = json["stream"]?.int
        tableClass = json["class"]?.string
        encryption = json["encryption"]
        guard let attribute = json["ttl"]?["attribute"]?.string, let index = json["ttl"]?["index"]?.int else { return }
        timeToLive = TimeToLive(attribute: attribute, index: index, isFilled: json["ttl"]?["filled"]?.bool ?? false)
    }
}

extension Table.Billing {
    var json: JSON {
        var json: JSON = ["onDemand": .bool(isOnDemand), "read": .int(readUnits), "write": .int(writeUnits)]
        if let onDemandSince { json["since"] = .time(onDemandSince) }
        if let increased { json["increased"] = .time(increased) }
        if let decreased { json["decreased"] = .time(decreased) }
        return json
    }

    init?(_ json: JSON?) {
        guard let isOnDemand = json?["onDemand"]?.bool else { return nil }
        self.init(
            isOnDemand: isOnDemand, readUnits: json?["read"]?.int ?? 0, writeUnits: json?["write"]?.int ?? 0,
            onDemandSince: json?["since"]?.time, increased: json?["increased"]?.time,
            decreased: json?["decreased"]?.time)
    }
}

extension TableIndex {
    var json: JSON {
        var json: JSON = [
            "id": .int(id), "name": .string(name), "schema": schema.json, "projection": .string(projection),
            "included": .array(included.map(JSON.string)), "global": .bool(isGlobal),
            "status": .string(status.rawValue),
        ]
        if let billing { json["billing"] = billing.json }
        return json
    }

    init?(_ json: JSON, _ attributes: [KeySchema.Attribute]) {
        guard let id = json["id"]?.int, let name = json["name"]?.string,
            let schema = KeySchema(kept: json["schema"], attributes), let projection = json["projection"]?.string,
            let status = json["status"]?.string.flatMap(Status.init(rawValue:))
        else { return nil }
        self.init(
            id: id, name: name, schema: schema, projection: projection,
            included: (json["included"]?.array ?? []).compactMap(\.string), isGlobal: json["global"]?.bool ?? true,
            status: status, billing: Table.Billing(json["billing"]))
    }
}

extension TableStream {
    var json: JSON {
        var json: JSON = [
            "table": .string(tableName), "schema": schema.json, "attributes": .array(schema.attributes.map(\.json)),
            "view": .string(view.rawValue), "created": .time(created), "start": .int(start), "trimmed": .int(trimmed),
        ]
        if let end { json["end"] = .int(end) }
        if let ended { json["ended"] = .time(ended) }
        return json
    }

    init?(id: Int, _ json: JSON) {
        let attributes = (json["attributes"]?.array ?? []).compactMap(KeySchema.Attribute.init(json:))
        guard let name = json["table"]?.string, let schema = KeySchema(kept: json["schema"], attributes),
            let view = json["view"]?.string.flatMap(View.init(rawValue:)), let created = json["created"]?.time,
            let start = json["start"]?.int
        else { return nil }
        self.init(
            id: id, tableName: name, schema: schema, view: view, created: created, start: start,
            end: json["end"]?.int, ended: json["ended"]?.time, trimmed: json["trimmed"]?.int ?? start)
    }
}

extension KeySchema.Attribute {
    /// As an attribute definition.
    var json: JSON { ["AttributeName": .string(name), "AttributeType": .string(kind)] }

    init?(json: JSON) {
        guard let name = json["AttributeName"]?.string, let kind = json["AttributeType"]?.string else { return nil }
        self.init(name: name, kind: kind)
    }
}

extension KeySchema {
    init?(kept json: JSON?, _ attributes: [Attribute]) {
        let types = Dictionary(attributes.map { ($0.name, $0.kind) }, uniquingKeysWith: { first, _ in first })
        guard let schema = try? KeySchema(json, types: types) else { return nil }
        self = schema
    }
}

extension JSON {
    /// Microseconds since 1970.
    fileprivate static func time(_ time: Timestamp) -> JSON { .int(Int(time.microseconds)) }
    fileprivate var time: Timestamp? { int.map { Timestamp(microseconds: Int64($0)) } }
}
