import AWSCore
import JSON
import Telemetry

enum DescribeLogGroups: ServiceOperation {
    static let name = "DescribeLogGroups"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let fields = LogsInput(input)
        let prefix = try fields.optional("logGroupNamePrefix")
        let pattern = try fields.optional("logGroupNamePattern", least: 0)
        guard prefix == nil || pattern == nil else {
            throw LogsInput.invalid("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.")
        }
        let limit = try LogsContext.limit(input, most: 50)
        let wanted = fields.texts("logGroupIdentifiers").map { Set($0.map { LogsContext.group(identifier: $0) }) }
        let logClass = try fields.choice("logGroupClass", LogGroupClass.all)
        let streams = await context.streams()
        let properties = await context.groups.properties
        let names = streams.keys.filter { name in
            if let prefix, !name.hasPrefix(prefix) { return false }
            if let pattern, !pattern.isEmpty, !name.contains(pattern) { return false }
            if let wanted, !wanted.contains(name) { return false }
            return logClass == nil || logClass == properties[name]?.logClass ?? LogGroupClass.standard
        }
        let page = NamePages.page(names.sorted(), after: try fields.optional("nextToken"), limit: limit)
        var groups: [JSON] = []
        for name in page.names {
            let filters = await context.metricFilters.count(of: name)
            groups.append(json(name, streams[name] ?? [], properties[name] ?? LogGroupProperties(), filters, call))
        }
        var output: JSON = ["logGroups": .array(groups)]
        if let token = page.nextToken { output["nextToken"] = .string(token) }
        return output
    }

    private static func json(
        _ name: String, _ streams: [LogStream], _ properties: LogGroupProperties, _ filters: Int, _ call: CallContext
    ) -> JSON {
        let arn = LogsContext.arn(name, call)
        let created = properties.created ?? streams.compactMap { $0.created ?? $0.first }.min()
        var group: JSON = [
            "logGroupName": .string(name), "creationTime": .int(Int(created?.milliseconds ?? 0)),
            "metricFilterCount": .int(filters), "arn": .string("\(arn):*"), "logGroupArn": .string(arn),
            "storedBytes": .int(streams.reduce(0) { $0 + $1.bytes }), "logGroupClass": .string(properties.logClass),
        ]
        if let days = properties.retentionDays { group["retentionInDays"] = .int(days) }
        if let key = properties.keyID { group["kmsKeyId"] = .string(key) }
        return group
    }
}

enum LogGroupClass {
    static let standard = "STANDARD"
    static let all = [standard, "INFREQUENT_ACCESS", "DELIVERY"]
}

enum ListLogGroups: ServiceOperation {
    static let name = "ListLogGroups"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let fields = LogsInput(input)
        // `^` begins a prefix, `|` parts alternatives.
        let pattern = try fields.optional("logGroupNamePattern", most: 129, least: 3)
        let alternatives = pattern?.split(separator: "|").map(String.init)
        let logClass = try fields.choice("logGroupClass", LogGroupClass.all)
        let limit = try fields.number("limit", 1...1000) ?? 50
        let properties = await context.groups.properties
        let names = await context.streams().keys.filter { name in
            if let alternatives, !alternatives.contains(where: { Self.holds(name, $0) }) { return false }
            return logClass == nil || logClass == properties[name]?.logClass ?? LogGroupClass.standard
        }
        let page = NamePages.page(names.sorted(), after: try fields.optional("nextToken"), limit: limit)
        let groups = page.names.map { name -> JSON in
            [
                "logGroupName": .string(name), "logGroupArn": .string(LogsContext.arn(name, call)),
                "logGroupClass": .string(properties[name]?.logClass ?? LogGroupClass.standard),
            ]
        }
        var output: JSON = ["logGroups": .array(groups)]
        if let token = page.nextToken { output["nextToken"] = .string(token) }
        return output
    }

    private static func holds(_ name: String, _ pattern: String) -> Bool {
        pattern.hasPrefix("^") ? name.hasPrefix(pattern.dropFirst()) : name.contains(pattern)
    }
}
