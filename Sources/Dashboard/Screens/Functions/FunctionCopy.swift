import JSON
import Telemetry
import TelemetryStore
import Terminal

extension FunctionSummary {
    var copyChoices: [CopyChoice] {
        let name = function.name
        var choices = [CopyChoice(title: "name", text: name)]
        if !function.arn.isEmpty { choices.append(CopyChoice(title: "ARN", text: function.arn)) }
        choices += [
            CopyChoice(title: "log group", text: function.logGroup),
            CopyChoice(
                title: "aws lambda command",
                text: "aws lambda invoke --function-name \(Shell.quoted(name)) /dev/stdout"),
            CopyChoice(title: "fntop command", text: "fntop invoke \(Shell.quoted(name))"),
            CopyChoice(title: "configuration as JSON", text: Secrets.masked(function.configuration).prettyText),
        ]
        return choices
    }
}

extension InvocationStart {
    /// The same call once more.
    var replay: [Effect] {
        guard !event.isCut else {
            return [.notice("the event was \(Format.bytes(event.totalCount)); only its beginning is kept")]
        }
        return [.invoke(function: function, payload: event.bytes), .notice("replaying \(function)")]
    }
}
