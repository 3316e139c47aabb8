package import JSON
import JSONata
package import Telemetry

/// What a state's paths and expressions may see, and the randomness that they draw from.
package final class EvaluationScope {
    package let language: QueryLanguage
    /// The state's input as it came: `$states.input`.
    package let input: JSON
    package let variables: [String: JSON]
    package var random: SeededGenerator
    /// The randomness that it drew was handed back.
    var isFinished = false
    private let now: Int64
    private let source: Source
    private var made: JSON?

    private enum Source {
        case object(ContextObject)
        case json(JSON)
    }

    package init(
        language: QueryLanguage, input: JSON, variables: [String: JSON], context: ContextObject, now: Timestamp,
        random: SeededGenerator
    ) {
        self.language = language
        self.input = input
        self.variables = variables
        self.now = now.milliseconds
        self.random = random
        source = .object(context)
    }

    /// - Parameter context: the whole context object.
    package init(
        language: QueryLanguage, input: JSON, variables: [String: JSON], context: JSON, now: Timestamp,
        random: SeededGenerator
    ) {
        self.language = language
        self.input = input
        self.variables = variables
        self.now = now.milliseconds
        self.random = random
        source = .json(context)
    }

    package var context: JSON {
        if let made { return made }
        let json =
            switch source {
            case .object(let object): object.json
            case .json(let json): json
            }
        made = json
        return json
    }

    var environment: JSONataEnvironment { JSONataEnvironment(now: now, seed: random.next()) }
}
