import AWSCore
import JSON

extension Alias {
    static func check(name: String) throws(ServiceError) {
        guard name.utf8.count <= 128 else {
            throw .constraint(name, at: "name", "have length less than or equal to 128")
        }
        guard FunctionReference.isName(name), !name.isDecimal else {
            throw .constraint(
                name, at: "name", "satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)")
        }
    }

    /// Takes what a request to create or update gives; what it leaves out stays.
    mutating func apply(_ input: JSON, to function: LambdaFunction) throws(ServiceError) {
        if let value = try Input.string(input, "FunctionVersion") { version = value }
        guard version == VersionName.latest || Self.isNumber(version) else {
            throw .constraint(
                version, at: "functionVersion", "satisfy regular expression pattern: (\\$LATEST|[0-9]+)")
        }
        if let value = try Input.description(input) { text = value }
        if let routing = input["RoutingConfig"], !routing.isNull {
            additional = try Self.share(routing["AdditionalVersionWeights"]?.object ?? JSONObject())
        }
        guard function.at(version) != nil else { throw .notFound("\(function.arn):\(version)") }
        guard let additional else { return }
        guard version != VersionName.latest else {
            throw .invalid("$LATEST is not supported for an alias pointing to more than 1 version")
        }
        guard additional.version != version else {
            throw .invalid(
                "Invalid function version \(version). Function version \(version) is already included in routing "
                    + "configuration.")
        }
        guard function.at(additional.version) != nil else {
            throw .notFound("\(function.arn):\(additional.version)")
        }
    }

    /// - Returns: `nil` for no weights at all: the alias has one version again.
    private static func share(_ weights: JSONObject) throws(ServiceError) -> Share? {
        guard weights.count <= 1 else {
            throw .invalid("Number of items in AdditionalVersionWeights cannot be greater than 1")
        }
        guard let version = weights.keys.first, let value = weights[version] else { return nil }
        let path = "routingConfig.additionalVersionWeights"
        guard isNumber(version) else {
            throw .constraint(
                "{\(version)=\(value.text)}", at: path,
                "satisfy constraint: [Member must have length less than or equal to 1024, Member must have length "
                    + "greater than or equal to 1, Member must satisfy regular expression pattern: [0-9]+, Member must "
                    + "not be null]", subject: "Map keys")
        }
        guard let weight = value.double, (0...1).contains(weight) else {
            throw .constraint(
                "{\(version)=\(value.text)}", at: path,
                "satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater "
                    + "than or equal to 0.0, Member must not be null]", subject: "Map value")
        }
        return Share(version: version, weight: weight)
    }

    private static func isNumber(_ text: String) -> Bool {
        (1...1024).contains(text.utf8.count) && text.isDecimal
    }
}
