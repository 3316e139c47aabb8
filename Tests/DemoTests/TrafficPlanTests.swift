import Testing

@testable import Demo

struct TrafficPlanTests {
    private func steps(_ count: Int, seed: UInt64, rate: Double = 8) -> [TrafficPlan.Step] {
        var plan = TrafficPlan(seed: seed, rate: rate)
        return (0..<count).map { _ in plan.next() }
    }

    @Test func theSameSeedGivesTheSameTraffic() {
        #expect(steps(500, seed: 7) == steps(500, seed: 7))
        #expect(steps(500, seed: 7) != steps(500, seed: 8))
    }

    @Test(arguments: [1.0, 8, 100])
    func theMeanRateIsNearTheOneAskedFor(rate: Double) {
        var plan = TrafficPlan(seed: 1, rate: rate)
        var seconds = 0.0
        var count = 0
        while seconds < 7200 {
            seconds += plan.next().pause
            count += 1
        }
        let measured = Double(count) / seconds
        #expect((0.9 * rate...1.4 * rate).contains(measured), "\(measured)/s instead of \(rate)/s")
    }

    @Test func everyKindOfCallComes() {
        let all = steps(5000, seed: 3)
        #expect(all.contains { $0.action == .report })
        #expect(all.contains { $0.action == .nonsense })
        #expect(all.contains { if case .browse(_, isStaff: true) = $0.action { true } else { false } })
        #expect(all.contains { if case .browse(_, isStaff: false) = $0.action { true } else { false } })
        #expect(all.contains { if case .look = $0.action { true } else { false } })
        #expect(all.contains { if case .order(_, let items) = $0.action { !items.isEmpty } else { false } })
    }
}

struct DemoFunctionTests {
    @Test func namesAreUniqueAndEveryFunctionHasCode() {
        #expect(Set(DemoFunction.all.map(\.name)).count == DemoFunction.all.count)
        #expect(DemoFunction.all.allSatisfy { !$0.files.isEmpty && $0.files.allSatisfy { !$0.text.isEmpty } })
    }
}
