import AWSCore
import JSON

enum ListStateMachines: ServiceOperation {
    static let name = "ListStateMachines"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let page = try Page(of: context.machines.list, Input(json), scope: name) { $0.number }
        return page.json("stateMachines") { machine in
            [
                "stateMachineArn": .string(machine.arn), "name": .string(machine.name),
                "type": .string(machine.type.rawValue), "creationDate": .date(machine.created),
            ]
        }
    }
}
