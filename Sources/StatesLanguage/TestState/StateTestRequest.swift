package import JSON
package import Telemetry

/// What `TestState` is asked, as the client wrote it.
package struct StateTestRequest: Sendable {
    package var definition: String
    /// Of the state in a whole machine; `nil` when the definition is one state.
    package var stateName: String?
    package var input: String?
    package var level = Level.info
    package var roleARN: String?
    package var mock: Mock?
    package var context: String?
    package var variables: String?
    package var configuration = Configuration()
    package var region: String
    package var account: String
    package var now: Timestamp
    /// Of all randomness.
    package var seed: UInt64

    package init(definition: String, region: String, account: String, now: Timestamp, seed: UInt64) {
        self.definition = definition
        self.region = region
        self.account = account
        self.now = now
        self.seed = seed
    }

    package enum Level: String, Sendable {
        case info = "INFO"
        case debug = "DEBUG"
        case trace = "TRACE"
    }

    package struct Mock: Sendable {
        package var result: String?
        package var error: TaskFailure?
        package var mode: Mode

        package init(result: String?, error: TaskFailure?, mode: Mode = .strict) {
            self.result = result
            self.error = error
            self.mode = mode
        }

        package enum Mode: String, Sendable {
            case strict = "STRICT"
            case present = "PRESENT"
            case none = "NONE"
        }
    }

    package struct Configuration: Sendable {
        package var retryCount: Int?
        package var errorCausedByState: String?
        package var failedIterations: Int?
        package var itemReaderData: String?

        package init() {}
    }
}

/// Why a test cannot be made.
package struct StateTestError: Error, Hashable, Sendable {
    /// `ValidationException`, `InvalidDefinition`, `InvalidExecutionInput`.
    package var code: String
    package var message: String

    static func invalid(_ message: String) -> StateTestError {
        StateTestError(code: "ValidationException", message: message)
    }
}

/// What `TestState` answers.
package struct StateTestReport: Hashable, Sendable {
    package var status: Status
    package var output: JSON?
    package var error: String?
    package var cause: String?
    package var nextState: String?
    /// Members of the answer's `inspectionData`; data in them is JSON text.
    package var inspection: JSONObject?

    package enum Status: String, Hashable, Sendable {
        case succeeded = "SUCCEEDED"
        case failed = "FAILED"
        case retriable = "RETRIABLE"
        case caughtError = "CAUGHT_ERROR"
    }
}
