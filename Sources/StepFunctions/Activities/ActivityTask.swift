import JSON
import StatesLanguage
import Telemetry

/// A task that waits for a worker of its activity.
struct ActivityTask: Sendable {
    var token: String
    /// JSON text.
    var input: String
    var runner: ExecutionRunner
    var id: TaskID

    func started(_ worker: String?) { runner.post(.taskStarted(id, workerName: worker)) }
}

/// How activities are written down.
extension Activity {
    var json: JSON {
        .members([
            "arn": .string(arn), "name": .string(name), "created": .microseconds(created), "number": .int(number),
            "encryption": encryption, "tags": tags.json,
        ])
    }

    init?(_ json: JSON) {
        guard let arn = json["arn"]?.string, let name = json["name"]?.string,
            let created = json["created"]?.timestamp
        else { return nil }
        self.init(
            arn: arn, name: name, created: created, number: json["number"]?.int ?? 1,
            encryption: json["encryption"], tags: (try? Tags(json["tags"]?.array)) ?? Tags())
    }
}
