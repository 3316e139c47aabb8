import AWSCore
import JSON

enum TagResource: ServiceOperation {
    static let name = "TagResource"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let input = Input(json)
        let arn = try input.arn("resourceArn")
        guard let list = try input.list("tags") else { throw .constraint("null", at: "tags", "not be null") }
        let tags = try Tags(list)
        try await Tagged.change(arn, in: context) { current throws(ServiceError) in try current.merge(tags, arn: arn) }
        return .object(JSONObject())
    }
}

enum UntagResource: ServiceOperation {
    static let name = "UntagResource"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let input = Input(json)
        let arn = try input.arn("resourceArn")
        guard let list = try input.list("tagKeys") else { throw .constraint("null", at: "tagKeys", "not be null") }
        let keys = list.compactMap(\.string)
        try await Tagged.change(arn, in: context) { current throws(ServiceError) in current.remove(keys) }
        return .object(JSONObject())
    }
}

enum ListTagsForResource: ServiceOperation {
    static let name = "ListTagsForResource"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let arn = try Input(json).arn("resourceArn")
        return ["tags": try Tagged.tags(arn, in: context).json]
    }
}

/// What has tags: machines and activities.
enum Tagged {
    static func tags(_ arn: String, in context: Workflows) throws(ServiceError) -> Tags {
        let tags =
            switch try StatesARN(arn) {
            case .stateMachine: context.machines[arn]?.tags
            case .activity: context.activities[arn]?.tags
            default: throw .invalidARN(arn)
            }
        guard let tags else { throw .noResource }
        return tags
    }

    static func change(
        _ arn: String, in context: Workflows, _ change: (inout Tags) throws(ServiceError) -> Void
    ) async throws(ServiceError) {
        switch try StatesARN(arn) {
        case .stateMachine:
            try context.machines.update(arn, else: .noResource) { machine throws(ServiceError) in
                try change(&machine.tags)
            }
        case .activity:
            try context.activities.update(arn) { activity throws(ServiceError) in try change(&activity.tags) }
        default: throw .invalidARN(arn)
        }
        await context.journal.commit()
    }
}
