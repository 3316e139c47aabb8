import AWSCore
import JSON
import Telemetry

extension EventSourceMapping {
    var record: JSON {
        var record: JSON = ["Mapping": json, "Tags": .object(tags)]
        record["Positions"] = .object(
            positions.sorted { $0.key < $1.key }.reduce(into: JSONObject()) { $0[$1.key] = .string($1.value) })
        if let began { record["Began"] = .int(Int(began.microseconds)) }
        return record
    }

    init?(record: JSON) {
        guard let json = record["Mapping"], let id = json["UUID"]?.string, RequestID(id) != nil,
            let source = json["EventSourceArn"]?.string.flatMap({ ARN($0) }),
            let functionARN = json["FunctionArn"]?.string, let function = try? FunctionReference(functionARN),
            let position = json["StartingPosition"]?.string.flatMap({ StartingPosition(rawValue: $0) })
        else { return nil }
        self.init(
            id: id, source: source, function: function, functionARN: functionARN, startingPosition: position)
        guard (try? apply(json)) != nil else { return nil }
        isEnabled = json["State"] == "Enabled"
        tags = record["Tags"]?.object ?? JSONObject()
        lastResult = json["LastProcessingResult"]?.string ?? lastResult
        if let seconds = json["LastModified"]?.double, seconds.isFinite, abs(seconds) < 1e11 {
            modified = Timestamp(milliseconds: Int64((seconds * 1000).rounded()))
        }
        began = record["Began"]?.int.map { Timestamp(microseconds: Int64($0)) }
        positions = (record["Positions"]?.object ?? JSONObject()).reduce(into: [:]) { $0[$1.0] = $1.1.string }
    }
}
