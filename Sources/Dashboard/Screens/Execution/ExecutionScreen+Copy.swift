import JSON
import StatesLanguage
import Telemetry
import TelemetryStore
import Terminal

extension ExecutionScreen {
    func copyChoices(_ detail: ExecutionDetail) -> [CopyChoice] {
        let start = detail.start
        var choices = [CopyChoice(title: "ARN", text: start.arn), CopyChoice(title: "name", text: start.name)]
        choices.append(CopyChoice(title: "input", text: start.input.prettyJSON))
        if let output = detail.end?.output {
            choices.append(CopyChoice(title: "output", text: output.prettyJSON))
        } else if let error = detail.end?.error {
            choices.append(CopyChoice(title: "error and cause", text: "\(error)\n\(detail.end?.cause ?? "")"))
        }
        choices.append(CopyChoice(title: "definition", text: start.definition.prettyJSON))
        choices.append(CopyChoice(title: "history as JSON", text: detail.historyJSON.prettyText))
        choices.append(
            CopyChoice(
                title: "aws command: describe",
                text: "aws stepfunctions describe-execution --execution-arn \(Shell.quoted(start.arn))"))
        choices.append(
            CopyChoice(
                title: "aws command: start it again",
                text: "aws stepfunctions start-execution --state-machine-arn \(Shell.quoted(start.machineARN)) "
                    + "--input \(Shell.quoted(start.input))"))
        if let picture { choices.append(CopyChoice(title: "picture as text", text: picture)) }
        return choices
    }

    /// The whole graph as it is shown, beyond the screen as well.
    private var picture: String? {
        guard let graph, let placed = graphLayout else { return nil }
        let size = Size(columns: min(placed.size.columns, 500), rows: min(placed.size.rows, 1000))
        var canvas = Canvas(size)
        graph.draw(
            placed, on: &canvas, in: Rect(size), offset: Point(column: 0, row: 0), progress: graphProgress)
        return canvas.frame.text
    }
}

extension ExecutionDetail {
    /// As `GetExecutionHistory` gives it.
    var historyJSON: JSON {
        let events = events.map { event -> JSON in
            var json: JSON = [
                "timestamp": .string(ISOClock.text(event.time)), "type": .string(event.type), "id": .int(event.id),
                "previousEventId": .int(event.previousID),
            ]
            if let details = event.details { json[event.detailsKey] = .object(details) }
            return json
        }
        return ["events": .array(events)]
    }
}
