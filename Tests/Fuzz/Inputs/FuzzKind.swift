import JSON

/// What is fuzzed.
package enum FuzzKind: String, CaseIterable, Sendable {
    case definition
    case path
    case intrinsic
    case jsonata
    case execution

    /// An input, made of the randomness alone.
    package func input(_ random: inout FuzzRandom) -> String {
        switch self {
        case .definition: return Self.definition(&random)
        case .execution: return MachineSource.machine(&random).text
        case .path: return Self.broken(Seeds.paths, &random)
        case .intrinsic: return Self.broken(Seeds.intrinsics, &random)
        case .jsonata: return Self.broken(Seeds.expressions, &random)
        }
    }

    /// - Returns: whether the input was taken as valid.
    package func run(_ input: String, _ random: inout FuzzRandom) -> Bool {
        switch self {
        case .definition: return Trial.definition(input, &random)
        case .execution: return Trial.definition(input, &random)
        case .path: return Trial.path(input)
        case .intrinsic: return Trial.intrinsic(input, &random)
        case .jsonata: return Trial.expression(input)
        }
    }

    private static func definition(_ random: inout FuzzRandom) -> String {
        if random.once(in: 4000) { return Seeds.huge(&random) }
        var machine = MachineSource.machine(&random)
        if random.once(in: 3) { return Mutation.text(machine.text, &random) }
        for _ in 0...random.below(3) { machine = Mutation.json(machine, &random) }
        return random.once(in: 10) ? Mutation.text(machine.text, &random) : machine.text
    }

    private static func broken(_ seeds: [String], _ random: inout FuzzRandom) -> String {
        let seed = random.pick(seeds)
        switch random.below(6) {
        case 0: return seed
        case 1: return Mutation.text(seed + random.pick(seeds), &random)
        case 2: return (0..<random.below(30)).map { _ in random.pick(Seeds.pieces) }.joined()
        case 3 where random.once(in: 200):
            return String(repeating: random.pick(Seeds.pieces), count: 20_000) + seed
        default: return Mutation.text(seed, &random)
        }
    }
}
