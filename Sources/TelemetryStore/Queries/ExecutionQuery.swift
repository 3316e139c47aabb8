package import Telemetry

/// Which executions are asked for.
package struct ExecutionQuery: Hashable, Sendable {
    /// The ARN of a state machine.
    package var machine: String?
    /// Empty for all.
    package var statuses: Set<ExecutionStatus>
    /// A part of the name, the machine's name, the state or the error; without regard to case.
    package var words: String
    /// The children of this Map run; `nil` for executions that are no children of one.
    package var mapRun: String?
    /// How many of the newest are left out.
    package var offset: Int
    package var limit: Int

    package init(
        machine: String? = nil, statuses: Set<ExecutionStatus> = [], words: String = "", mapRun: String? = nil,
        offset: Int = 0, limit: Int = 200
    ) {
        self.machine = machine
        self.statuses = statuses
        self.words = words
        self.mapRun = mapRun
        self.offset = offset
        self.limit = limit
    }
}

/// A part of the list of executions, newest first.
package struct ExecutionPage: Hashable, Sendable {
    package var rows: [ExecutionRow] = []
    /// The place of the first row in the whole list.
    package var offset = 0
    /// How many the query matches.
    package var matching = 0
    /// By status, of all that the query would match without its statuses.
    package var counts: [ExecutionStatus: Int] = [:]
    /// The machines that there are, by name.
    package var machines: [StateMachineDescription] = []

    package init() {}
}

/// An execution in a list.
package struct ExecutionRow: Hashable, Sendable {
    package static let stripLimit = 48

    package var arn: String
    package var name: String
    package var machineARN: String
    package var machine: String
    package var type: String
    package var trigger: String
    package var status = ExecutionStatus.running
    package var started: Timestamp
    package var ended: Timestamp?
    package var error: String?
    /// The state it is in, or was in last.
    package var state: String?
    /// The latest states that it visited outside of Maps, in order.
    package var strip: [Cell] = []
    /// How many it visited outside of Maps.
    package var stateCount = 0
    package var eventCount = 0
    package var redriveCount = 0
    /// Its history left because a cap was reached.
    package var isHistoryGone = false

    package struct Cell: Hashable, Sendable {
        package var name: String
        package var status: StateVisit.Status
        package var hasRetried: Bool

        init(_ visit: StateVisit) {
            (name, status, hasRetried) = (visit.name, visit.status, visit.attempts.count > 1)
        }
    }

    init(_ start: ExecutionStart, at time: Timestamp) {
        (arn, name, machineARN, type) = (start.arn, start.name, start.machineARN, start.type)
        (trigger, started) = (start.trigger, time)
        machine = start.machineARN.machineName
    }
}

extension String {
    /// The name at the end of a machine's ARN.
    package var machineName: String { split(separator: ":").last.map(String.init) ?? self }

    /// Of an execution's ARN the name; that of an Express one ends with an id of its own.
    package var executionName: String {
        let parts = split(separator: ":")
        return parts.count == 9 && parts[5] == "express" ? String(parts[7]) : machineName
    }
}
