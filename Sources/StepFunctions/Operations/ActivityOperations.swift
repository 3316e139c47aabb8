import AWSCore
import JSON
import Telemetry

enum CreateActivity: ServiceOperation {
    static let name = "CreateActivity"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let input = Input(json)
        let name = try input.required("name")
        try Names.check(name)
        let arn = ARN(service: "states", region: call.region, account: call.account, resource: "activity:\(name)")
            .description
        var activity = Activity(
            arn: arn, name: name, created: context.clock.now(), number: 0,
            encryption: try Encryption.read(input["encryptionConfiguration"]))
        try activity.tags.merge(Tags(try input.list("tags")), arn: arn)
        let known = try context.activities.insert(activity)
        guard known.encryption == activity.encryption else {
            throw ServiceError("ActivityAlreadyExists", "Activity Already Exists: '\(arn)'")
        }
        await context.journal.commit()
        return ["activityArn": .string(arn), "creationDate": .date(known.created)]
    }
}

enum DeleteActivity: ServiceOperation {
    static let name = "DeleteActivity"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let arn = try Input(json).arn("activityArn")
        try StatesARN.checkActivity(arn)
        context.activities.remove(arn)
        await context.journal.commit()
        return .object(JSONObject())
    }
}

enum DescribeActivity: ServiceOperation {
    static let name = "DescribeActivity"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let arn = try Input(json).arn("activityArn")
        try StatesARN.checkActivity(arn)
        guard let activity = context.activities[arn] else { throw .noActivity(arn) }
        return .members([
            "activityArn": .string(arn), "name": .string(activity.name), "creationDate": .date(activity.created),
            "encryptionConfiguration": activity.encryption ?? ["type": "AWS_OWNED_KEY"],
        ])
    }
}

enum ListActivities: ServiceOperation {
    static let name = "ListActivities"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let page = try Page(of: context.activities.list, Input(json), scope: name) { $0.number }
        return page.json("activities") { activity in
            [
                "activityArn": .string(activity.arn), "name": .string(activity.name),
                "creationDate": .date(activity.created),
            ]
        }
    }
}

enum GetActivityTask: ServiceOperation {
    static let name = "GetActivityTask"
    /// How long AWS keeps a worker waiting.
    private static let patience = Microseconds.seconds(60)

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let input = Input(json)
        let arn = try input.arn("activityArn")
        let worker = try input.string("workerName", atLeast: 1, atMost: 80)
        try StatesARN.checkActivity(arn)
        guard context.activities[arn] != nil else { throw .noActivity(arn) }
        let task = await context.activities.next(arn, worker: worker, clock: context.clock, patience: patience)
        guard let task else { return .object(JSONObject()) }
        return ["taskToken": .string(task.token), "input": .string(task.input)]
    }
}
