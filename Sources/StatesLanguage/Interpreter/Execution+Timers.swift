import Telemetry

extension Execution {
    mutating func startTimer(_ use: TimerUse, at time: Timestamp) -> Int {
        lastTimer += 1
        timers[lastTimer] = use
        actions.append(.startTimer(TimerID(number: lastTimer), at: time))
        return lastTimer
    }

    mutating func cancelTimer(_ timer: Int) {
        guard timers.removeValue(forKey: timer) != nil else { return }
        actions.append(.cancelTimer(TimerID(number: timer)))
    }

    mutating func fire(_ timer: Int) {
        guard let use = timers.removeValue(forKey: timer) else { return }
        switch use {
        case .machine: timeOut()
        case .timeout(let id): timeOutTask(id, StatesError.timeout, firedBy: timer)
        case .heartbeat(let id): timeOutTask(id, StatesError.heartbeatTimeout, firedBy: timer)
        case .strand(let id):
            switch strands[id].phase {
            case .retrying: makeReady(id, .attempting)
            case .waiting: goOn(id)
            default: break
            }
        }
    }

    private mutating func goOn(_ id: Int) {
        do throws(StateFailure) {
            try leaveSimple(id, strands[id].state)
        } catch {
            fail(id, error)
        }
    }
}
