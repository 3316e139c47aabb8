import Glibc

/// Who calls when: a wave as long as a shop's day would be if it took six minutes, with bursts, the same for the same seed.
package struct TrafficPlan: Sendable {
    /// What a customer does.
    package enum Action: Hashable, Sendable {
        case order(user: Int, items: [Item])
        /// Asks for the order that was made so many orders ago.
        case look(back: Int)
        /// The office asks for orders of a state; now and then with a token of nobody.
        case browse(state: String, isStaff: Bool)
        /// Sends what is no order.
        case nonsense
        /// The scheduler calls `nightly-report`.
        case report
    }

    package struct Item: Hashable, Sendable {
        package var sku: String
        package var cents: Int
        package var count: Int
    }

    package struct Step: Hashable, Sendable {
        /// Seconds after the step before.
        package var pause: Double
        package var action: Action
    }

    private var generator: SeededGenerator
    private let rate: Double
    /// Seconds since the start, as planned.
    private var clock = 0.0
    private var nextBurst = 25.0
    private var burstEnd = 0.0
    private var nextReport = 4.0

    /// - Parameter rate: how many requests a second on average.
    package init(seed: UInt64, rate: Double) {
        generator = SeededGenerator(seed: seed)
        self.rate = max(rate, 0.01)
    }

    package mutating func next() -> Step {
        let current = rate * wave * (clock < burstEnd ? 2.5 : 1)
        let pause = min(-log(1 - Double.random(in: 0..<1, using: &generator)) / current, 5)
        clock += pause
        if clock >= nextBurst {
            burstEnd = clock + Double.random(in: 2...6, using: &generator)
            nextBurst = burstEnd + Double.random(in: 20...60, using: &generator)
        }
        return Step(pause: pause, action: action())
    }

    /// Between 0.4 and 1.6, once up and down in six minutes.
    private var wave: Double { 1 + 0.6 * sin(clock / 360 * 2 * .pi) }

    private mutating func action() -> Action {
        if clock >= nextReport {
            nextReport = clock + Double.random(in: 70...110, using: &generator)
            return .report
        }
        let chance = Double.random(in: 0..<1, using: &generator)
        if chance < 0.012 { return .nonsense }
        if chance < 0.06 {
            let state = Int.random(in: 0..<4, using: &generator) == 0 ? "CANCELLED" : "PAID"
            return .browse(state: state, isStaff: Int.random(in: 0..<8, using: &generator) > 0)
        }
        if chance < 0.45 { return .look(back: Int.random(in: 0..<40, using: &generator)) }
        return .order(user: Int.random(in: 0..<24, using: &generator), items: items())
    }

    private mutating func items() -> [Item] {
        (0..<Int.random(in: 1...4, using: &generator)).map { _ in
            Item(
                sku: "sku-\(Int.random(in: 100..<180, using: &generator))",
                cents: Int.random(in: 190...8990, using: &generator),
                count: Int.random(in: 1...3, using: &generator)
            )
        }
    }
}
