import JSON
import StatesLanguage
import Telemetry

/// A task that workers of an activity fetch.
struct ActivityDoor: Sendable {
    let call: TaskCall

    func start(_ arn: String) -> @Sendable () -> Void {
        let world = call.world
        let token = call.request.token
        guard world.activities[arn] != nil else {
            call.post(
                .taskNotStarted(call.id, TaskFailure("States.Runtime", "The activity \(arn) does not exist.")))
            return {}
        }
        world.tokens.insert(token, TaskTokens.Holder(runner: call.runner, task: call.id))
        if case .fresh = call.point {
            let task = ActivityTask(
                token: token, input: call.request.parameters.text, runner: call.runner, id: call.id)
            world.activities.offer(task, to: arn)
        }
        return {
            world.activities.withdraw(token, of: arn)
            world.tokens.close(token)
        }
    }
}
