import AWSCore
import JSON
import Telemetry

/// A name for a version, or for two with a part of the invocations each.
struct Alias: Hashable, Sendable {
    var name: String
    /// `$LATEST` or a number.
    var version: String
    var text = ""
    /// The other version, with its part from 0 to 1.
    var additional: Share?
    var revision = RequestID().description

    struct Share: Hashable, Sendable {
        var version: String
        var weight: Double
    }

    /// - Parameter draw: from 0 to 1.
    func version(draw: Double) -> String {
        guard let additional, draw < additional.weight else { return version }
        return additional.version
    }

    /// All versions that it may lead to.
    var versions: [String] { [version] + (additional.map { [$0.version] } ?? []) }
}

extension Alias {
    /// - Parameter arn: of the function, without a qualifier.
    func json(_ arn: String) -> JSON {
        var json: JSON = [
            "AliasArn": .string("\(arn):\(name)"), "Name": .string(name), "FunctionVersion": .string(version),
            "Description": .string(text), "RevisionId": .string(revision),
        ]
        if let additional {
            json["RoutingConfig"] = [
                "AdditionalVersionWeights": .object(JSONObject((additional.version, .double(additional.weight))))
            ]
        }
        return json
    }

    /// Reads what ``json(_:)`` wrote.
    init?(record: JSON) {
        guard let name = record["Name"]?.string, let version = record["FunctionVersion"]?.string else { return nil }
        self.init(name: name, version: version)
        text = record["Description"]?.string ?? ""
        revision = record["RevisionId"]?.string ?? revision
        if let weights = record["RoutingConfig"]?["AdditionalVersionWeights"]?.object, let other = weights.keys.first {
            additional = Share(version: other, weight: weights[other]?.double ?? 0)
        }
    }
}
