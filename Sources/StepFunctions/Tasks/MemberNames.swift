import AWSCore
import JSON
import Telemetry

/// Between the members as tasks write them (`StateMachineArn`) and as services name them (`stateMachineArn`).
enum MemberNames {
    /// Deeper values go as they are.
    private static let deepest = 64

    /// Members that are text in the model though tasks may give any JSON.
    private static let texts: Set<String> = [
        "Input", "Output", "Definition", "Cause", "MessageBody", "Message", "Detail", "TaskToken", "Context", "Mock",
    ]

    static func input(_ parameters: JSON, of service: IntegratedService) -> JSON {
        converted(parameters, depth: 0) { name, value in
            let isText = texts.contains(name) && (value.object != nil || value.array != nil)
            return (service.hasSmallMembers ? name.smallFirst : name, isText ? .string(value.text) : value)
        }
    }

    static func output(_ result: JSON, of service: IntegratedService) -> JSON {
        guard service.hasSmallMembers || service.isSDK else { return result }
        return converted(result, depth: 0) { name, value in
            (service.hasSmallMembers ? name.capitalizedFirst : name, time(name, value, service) ?? value)
        }
    }

    /// Times are seconds on the wire; tasks see text (SDK) or milliseconds.
    private static func time(_ name: String, _ value: JSON, _ service: IntegratedService) -> JSON? {
        guard name.lowercased().hasSuffix("date") || name == "timestamp", let seconds = value.double,
            abs(seconds) < 1e12
        else { return nil }
        let milliseconds = Int64((seconds * 1000).rounded())
        guard service.isSDK else { return .int(Int(milliseconds)) }
        return .string(ISOTime.text(milliseconds: milliseconds, hasMilliseconds: true))
    }

    private static func converted(
        _ json: JSON, depth: Int, _ member: (String, JSON) -> (String, JSON)
    ) -> JSON {
        guard depth < deepest else { return json }
        switch json {
        case .object(let object):
            var result = JSONObject()
            for (name, value) in object {
                let (newName, newValue) = member(name, value)
                result[newName] = converted(newValue, depth: depth + 1, member)
            }
            return .object(result)
        case .array(let values): return .array(values.map { converted($0, depth: depth + 1, member) })
        default: return json
        }
    }
}
