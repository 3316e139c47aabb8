package import JSON
package import Telemetry

/// What `$$` and `$states.context` tell; made into JSON only when something asks for it.
package struct ContextObject: Sendable {
    package var identity: ExecutionIdentity
    package var input: JSON
    package var redriveCount = 0
    package var redriven: Timestamp?
    package var stateName: String
    package var entered: Timestamp
    /// Of Task, Map and Parallel states.
    package var retryCount: Int?
    package var token: String?
    /// `{Item: {Index, Value}}`.
    package var map: JSON?

    package init(
        identity: ExecutionIdentity, input: JSON, stateName: String, entered: Timestamp, retryCount: Int? = nil,
        token: String? = nil, map: JSON? = nil
    ) {
        self.identity = identity
        self.input = input
        self.stateName = stateName
        self.entered = entered
        self.retryCount = retryCount
        self.token = token
        self.map = map
    }

    package var json: JSON {
        var execution = JSONObject()
        execution["Id"] = .string(identity.arn)
        execution["Input"] = input
        execution["StartTime"] = .string(ISOTimestamp.text(identity.started))
        execution["Name"] = .string(identity.name)
        execution["RoleArn"] = .string(identity.roleARN)
        execution["RedriveCount"] = .int(redriveCount)
        if let redriven { execution["RedriveTime"] = .string(ISOTimestamp.text(redriven)) }
        var state = JSONObject()
        state["Name"] = .string(stateName)
        state["EnteredTime"] = .string(ISOTimestamp.text(entered))
        if let retryCount { state["RetryCount"] = .int(retryCount) }
        var context = JSONObject()
        context["Execution"] = .object(execution)
        context["StateMachine"] = ["Id": .string(identity.machineARN), "Name": .string(identity.machineName)]
        context["State"] = .object(state)
        if let token { context["Task"] = ["Token": .string(token)] }
        if let map { context["Map"] = map }
        return .object(context)
    }
}
