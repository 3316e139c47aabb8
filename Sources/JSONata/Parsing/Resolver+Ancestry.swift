extension Resolver {
    /// Hands the `%`s that found nothing inside `value` to what contains it.
    static func pass(_ value: Syntax, to container: Syntax) {
        container.seekingParent += value.seekingParent
        if case .parent(let slot) = value.kind { container.seekingParent.append(slot) }
    }

    /// Goes back over the steps of a path for the `%`s of its last one.
    func resolveAncestry(of path: Syntax) throws(JSONataError) {
        guard let steps = path.pathSteps, let last = steps.last else { return }
        var slots = last.seekingParent
        if case .parent(let slot) = last.kind { slots.append(slot) }
        for slot in slots {
            var place = steps.count - 2
            while slot.level > 0 {
                guard place >= 0 else {
                    path.seekingParent.append(slot)
                    break
                }
                var step = steps[place]
                place -= 1
                // Steps that bind the same focus count as one.
                while place >= 0, step.focus != nil, steps[place].focus != nil {
                    step = steps[place]
                    place -= 1
                }
                try seek(slot, in: step)
            }
        }
    }

    func seek(_ slot: Syntax.Slot, in step: Syntax) throws(JSONataError) {
        switch step.kind {
        case .name, .wildcard:
            slot.level -= 1
            guard slot.level == 0 else { return }
            if let ancestor = step.ancestor { slot.label = ancestor.label }
            step.ancestor = slot
            step.isTuple = true
        case .parent: slot.level += 1
        case .block(let expressions):
            guard let last = expressions.last else { return }
            step.isTuple = true
            try seek(slot, in: last)
        case .path(let steps, _):
            step.isTuple = true
            var place = steps.count - 1
            repeat {
                guard place >= 0 else { return }
                try seek(slot, in: steps[place])
                place -= 1
            } while slot.level > 0 && place >= 0
        default: throw Self.noParent(at: step.position)
        }
    }
}
