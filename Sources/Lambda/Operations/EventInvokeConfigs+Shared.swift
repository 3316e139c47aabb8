import AWSCore
import JSON
import Telemetry

/// What the operations on configurations of asynchronous invocations share.
enum EventInvokeConfigs {
    static let path = "/2019-09-25/functions/{FunctionName}/event-invoke-config"

    /// Which configuration a request is about.
    struct Place {
        var function: LambdaFunction
        /// `$LATEST` when the request has none.
        var qualifier: String

        var arn: String { "\(function.arn):\(qualifier)" }

        func existing() throws(ServiceError) -> EventInvokeConfig {
            guard let config = function.eventInvokeConfigs[qualifier] else {
                throw .missing("The function \(arn) doesn't have an EventInvokeConfig")
            }
            return config
        }
    }

    static func place(
        _ parameters: [String: String], _ request: ServiceRequest, _ context: LambdaService.Context
    ) throws(ServiceError) -> Place {
        let reference = try context.reference(parameters, request)
        guard let function = context.functions.named(reference.name),
            function.version(of: reference.qualifier) != nil
        else { throw .missing("The function doesn't exist.") }
        return Place(function: function, qualifier: reference.qualifier ?? VersionName.latest)
    }

    static func store(
        _ config: EventInvokeConfig, _ place: Place, _ context: LambdaService.Context
    ) throws(ServiceError) -> ServiceResponse {
        _ = try context.functions.change(place.function.name) { $0.eventInvokeConfigs[place.qualifier] = config }
        return ServiceResponse(body: config.json(place.arn).bytes)
    }

    /// Takes what a request gives; what it leaves out stays.
    static func apply(
        _ input: JSON, to config: inout EventInvokeConfig, of function: LambdaFunction,
        in context: LambdaService.Context
    ) throws(ServiceError) {
        let retries = try Input.integer(input, "MaximumRetryAttempts", 0...2)
        let age = try Input.integer(input, "MaximumEventAgeInSeconds", 60...21_600)
        let destinations = input["DestinationConfig"].flatMap { $0.isNull ? nil : $0 }
        guard retries != nil || age != nil || destinations != nil else {
            throw .invalid("You must specify at least one of error handling or destination setting.")
        }
        config.modified = .now()
        if let retries { config.maximumRetries = retries }
        if let age { config.maximumAgeSeconds = age }
        guard let destinations else { return }
        let success = try destination(destinations, "OnSuccess")
        let failure = try destination(destinations, "OnFailure")
        for target in [success, failure].compactMap({ $0 }) where !target.isEmpty {
            guard try isKnown(target, for: function, in: context) else {
                throw .invalid(
                    "The provided destination config DestinationConfig(onSuccess="
                        + "\(shown("OnSuccess", success)), onFailure=\(shown("OnFailure", failure))) is invalid.")
            }
        }
        if let success { config.onSuccess = success.isEmpty ? nil : success }
        if let failure { config.onFailure = failure.isEmpty ? nil : failure }
    }

    private static func destination(_ config: JSON, _ name: String) throws(ServiceError) -> String? {
        guard let target = config[name].flatMap({ $0.isNull ? nil : $0 }) else { return nil }
        let text = try Input.string(target, "Destination") ?? ""
        let path = "destinationConfig.\(name == "OnSuccess" ? "onSuccess" : "onFailure").destination"
        guard text.utf8.count <= 350 else {
            throw .constraint(text, at: path, "have length less than or equal to 350")
        }
        guard text.isEmpty || ARN(text) != nil else {
            throw .constraint(text, at: path, "satisfy regular expression pattern: \(pattern)")
        }
        return text
    }

    static let pattern =
        "$|kafka://([^.]([a-zA-Z0-9\\-_.]{0,248}))|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:"
        + "([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)"

    /// - Returns: whether it is a target that such a configuration can have.
    private static func isKnown(
        _ target: String, for function: LambdaFunction, in context: LambdaService.Context
    ) throws(ServiceError) -> Bool {
        guard ARN(target)?.service == "lambda" else { return ServiceTarget(target) != nil }
        guard let reference = try? FunctionReference(target), context.functions.named(reference.name) != nil else {
            throw .invalid("The destination ARN \(target) is invalid.")
        }
        guard reference.name != function.name else {
            throw .invalid("You can't specify the function as a destination for itself.")
        }
        return true
    }

    private static func shown(_ name: String, _ target: String?) -> String {
        guard let target, !target.isEmpty else { return "null" }
        return "\(name)(destination=\(target))"
    }
}
