package import JSON
package import Telemetry

/// A call of a service's operation that a screen wants made at the endpoint that is watched.
package struct EndpointCall: Hashable, Sendable {
    /// `dynamodb`
    package var service: String
    package var operation: String
    package var input: JSON
    /// It only looks, so it is not counted among the calls that are shown.
    package var isObserving: Bool

    package init(service: String, operation: String, input: JSON, isObserving: Bool = false) {
        self.service = service
        self.operation = operation
        self.input = input
        self.isObserving = isObserving
    }
}

/// What came of it.
package struct EndpointOutcome: Hashable, Sendable {
    package var call: EndpointCall
    package var output: JSON
    /// The endpoint's error; `nil` when all went well.
    package var failure: String?
    package var duration: Microseconds

    package init(call: EndpointCall, output: JSON = .null, failure: String? = nil, duration: Microseconds = .zero) {
        self.call = call
        self.output = output
        self.failure = failure
        self.duration = duration
    }
}
