import FuzzInputs
import Testing

@Test("A thousand broken inputs of every kind each come back", arguments: FuzzKind.allCases)
func brokenInputsComeBack(kind: FuzzKind) {
    var valid = 0
    for number in 0..<1_000 {
        var random = FuzzRandom(seed: 42 &* 0x1_0000_0001 &+ UInt64(number))
        let input = kind.input(&random)
        if kind.run(input, &random) { valid += 1 }
    }
    #expect(valid > 0)
}
