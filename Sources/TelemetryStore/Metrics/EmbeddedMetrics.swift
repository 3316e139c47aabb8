import CSearch
import JSON
import Telemetry

/// Metrics that log lines hold, in CloudWatch's embedded metric format.
///
/// - SeeAlso: Amazon CloudWatch User Guide, "Specification: Embedded metric format".
enum EmbeddedMetrics {
    /// A document that says it holds metrics and does not.
    enum Fault: Error, Hashable {
        case parsing, validation
    }

    private static let marker = Array("\"_aws\"".utf8)
    /// Bytes of a log event, which a document cannot exceed.
    private static let mostBytes = 256 * 1024
    private static let mostMetrics = 100
    private static let mostValues = 100
    private static let mostDimensions = 30
    private static let mostDirectives = 100

    /// The places in a batch of the lines that may hold metrics: one look through all bytes.
    static func candidates(_ batch: LogBatch) -> [Int] {
        var found: [Int] = []
        var offset = 0
        batch.bytes.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return }
            while offset < bytes.count {
                let hit = cs_find(base + offset, bytes.count - offset, marker, marker.count)
                guard hit >= 0 else { return }
                // The first entry that ends behind the hit is the line that it is in.
                let index = lower(batch, offset + hit)
                guard index < batch.count else { return }
                found.append(index)
                offset = batch.range(index).upperBound
            }
        }
        return found
    }

    private static func lower(_ batch: LogBatch, _ place: Int) -> Int {
        var low = 0
        var high = batch.count
        while low < high {
            let middle = (low + high) / 2
            if batch.entries[middle].end <= place { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// - Parameters:
    ///   - line: a whole document; lines of functions may have other text before it.
    ///   - time: of the line, for documents without a time of their own.
    /// - Returns: the metrics with their times; none for an object whose `_aws` is about something else.
    static func metrics(
        in line: ArraySlice<UInt8>, isFunction: Bool, at time: Timestamp
    ) throws(Fault) -> [(metric: CustomMetric, time: Timestamp)] {
        guard line.count <= mostBytes else { throw .parsing }
        guard let start = line.firstIndex(where: { $0 == UInt8(ascii: "{") }) else { return [] }
        if !isFunction, line[..<start].contains(where: { $0 > 32 }) { throw .parsing }
        guard let root = try? JSON(parsing: Array(line[start...])), root.object != nil else { throw .parsing }
        guard let directives = root["_aws"]?["CloudWatchMetrics"] else { return [] }
        guard let directives = directives.array, directives.count <= mostDirectives else { throw .validation }
        var moment = time
        if let stamp = root["_aws"]?["Timestamp"] {
            guard let milliseconds = stamp.int, milliseconds >= 0 else { throw .validation }
            moment = Timestamp(milliseconds: Int64(milliseconds))
        }
        // The same bounds as for PutMetricData: two weeks back, two hours ahead.
        guard moment >= time - .seconds(14 * 86_400), moment <= time + .seconds(7200) else { throw .validation }
        var metrics: [CustomMetric] = []
        for directive in directives { metrics += try self.metrics(directive, root) }
        return metrics.map { ($0, moment) }
    }

    private static func metrics(_ directive: JSON, _ root: JSON) throws(Fault) -> [CustomMetric] {
        guard let namespace = directive["Namespace"]?.string, (1...255).contains(namespace.utf8.count),
            let definitions = directive["Metrics"]?.array, definitions.count <= mostMetrics
        else { throw .validation }
        let sets = try dimensionSets(directive["Dimensions"], root)
        var metrics: [CustomMetric] = []
        for definition in definitions {
            guard let name = definition["Name"]?.string, (1...255).contains(name.utf8.count) else {
                throw .validation
            }
            let values = try values(root[name])
            let unit = try unit(definition["Unit"])
            if let resolution = definition["StorageResolution"], ![1, 60].contains(resolution.int) {
                throw .validation
            }
            metrics += sets.map {
                CustomMetric(namespace: namespace, name: name, dimensions: $0, values: values, unit: unit)
            }
        }
        return metrics
    }

    private static func dimensionSets(
        _ json: JSON?, _ root: JSON
    ) throws(Fault) -> [[CustomMetric.Dimension]] {
        guard let sets = json?.array, (1...mostDimensions).contains(sets.count) else { throw .validation }
        var made: [[CustomMetric.Dimension]] = []
        for set in sets {
            guard let names = set.array, names.count <= mostDimensions else { throw .validation }
            var dimensions: [CustomMetric.Dimension] = []
            for name in names {
                guard let name = name.string, let value = root[name]?.string, (1...1024).contains(value.utf8.count)
                else { throw .validation }
                dimensions.append(CustomMetric.Dimension(name: name, value: value))
            }
            made.append(dimensions)
        }
        return made
    }

    private static func values(_ json: JSON?) throws(Fault) -> [CustomMetric.Value] {
        if let value = json?.double, value.isFinite { return [CustomMetric.Value(value)] }
        guard let array = json?.array, (1...mostValues).contains(array.count) else { throw .validation }
        var values: [CustomMetric.Value] = []
        for element in array {
            guard let value = element.double, value.isFinite else { throw .validation }
            values.append(CustomMetric.Value(value))
        }
        return values
    }

    private static func unit(_ json: JSON?) throws(Fault) -> String {
        guard let json else { return "None" }
        guard let unit = json.string, MetricUnit.all.contains(unit) else { throw .validation }
        return unit
    }
}
