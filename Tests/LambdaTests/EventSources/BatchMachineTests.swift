import Telemetry
import Testing

@testable import Lambda

struct BatchMachineTests {
    private static let start = Timestamp(milliseconds: 1_700_000_000_000)

    private func machine(
        _ count: Int, bisects: Bool = false, retries: Int? = nil, age: Microseconds = .seconds(86_400)
    ) -> BatchMachine {
        BatchMachine(
            times: (0..<count).map { Self.start + .seconds(Int64($0)) },
            policy: .init(bisects: bisects, maximumRetries: retries, maximumAge: age))
    }

    /// Plays a batch with records that always fail; gives all that was sent and given up.
    private func play(_ machine: BatchMachine, poison: Set<Int>) -> (sent: [Range<Int>], lost: [Range<Int>]) {
        var machine = machine
        var sent: [Range<Int>] = []
        var lost: [Range<Int>] = []
        while sent.count < 100 {
            switch machine.next(at: Self.start) {
            case .done: return (sent, lost)
            case .discard(let range, _, _): lost.append(range)
            case .send(let range, _):
                sent.append(range)
                if poison.isDisjoint(with: range) { machine.succeeded() } else { _ = machine.failed() }
            }
        }
        return (sent, lost)
    }

    @Test func oneThatFailsIsFoundByHalving() {
        let (sent, lost) = play(machine(8, bisects: true, retries: 1), poison: [5])
        #expect(sent == [0..<8, 0..<4, 4..<8, 4..<6, 4..<5, 5..<6, 5..<6, 6..<8])
        #expect(lost == [5..<6])
    }

    @Test(arguments: [0, 1, 3])
    func withoutHalvingTheWholeIsTriedSoOften(retries: Int) {
        let (sent, lost) = play(machine(4, retries: retries), poison: [2])
        #expect(sent == Array(repeating: 0..<4, count: retries + 1))
        #expect(lost == [0..<4])
    }

    @Test func halvingCostsNoRetry() {
        let (sent, lost) = play(machine(4, bisects: true, retries: 0), poison: [0, 3])
        #expect(sent == [0..<4, 0..<2, 0..<1, 1..<2, 2..<4, 2..<3, 3..<4])
        #expect(lost == [0..<1, 3..<4])
    }

    @Test func withoutALimitItIsTriedUntilItExpires() {
        var machine = machine(1, age: .seconds(100))
        for attempt in 1...50 {
            #expect(machine.next(at: Self.start) == .send(0..<1, attempt: attempt))
            #expect(machine.failed() == .retried)
        }
        #expect(machine.next(at: Self.start + .seconds(101)) == .discard(0..<1, .recordAgeExceeded, attempts: 50))
        #expect(machine.next(at: Self.start + .seconds(101)) == .done)
    }

    @Test func onlyWhatIsTooOldIsGivenUp() {
        var machine = machine(4, age: .seconds(60))
        let now = Self.start + .milliseconds(61_500)
        #expect(machine.next(at: now) == .discard(0..<2, .recordAgeExceeded, attempts: 0))
        #expect(machine.settled == 2)
        #expect(machine.next(at: now) == .send(2..<4, attempt: 1))
        machine.succeeded()
        #expect(machine.settled == 4)
        #expect(machine.next(at: now) == .done)
    }

    @Test func aPartialFailureKeepsWhatWentWell() {
        var machine = machine(6, retries: 1)
        _ = machine.next(at: Self.start)
        #expect(machine.failed(from: 2) == .retried)
        #expect(machine.settled == 2)
        #expect(machine.next(at: Self.start) == .send(2..<6, attempt: 2))
        #expect(machine.failed(from: 4) == .exhausted)
        #expect(machine.next(at: Self.start) == .discard(4..<6, .retryAttemptsExhausted, attempts: 2))
        #expect(machine.next(at: Self.start) == .done)
    }

    @Test func withHalvingAPartialFailureIsWhereItIsCut() {
        var machine = machine(6, bisects: true, retries: 0)
        _ = machine.next(at: Self.start)
        #expect(machine.failed(from: 2) == .bisected)
        #expect(machine.next(at: Self.start) == .send(2..<6, attempt: 2))
        #expect(machine.failed(from: 2) == .bisected)
        #expect(machine.next(at: Self.start) == .send(2..<4, attempt: 3))
    }

    @Test func nothingIsDone() {
        var machine = machine(0)
        #expect(machine.next(at: Self.start) == .done)
        #expect(machine.failed() == .retried)
        #expect(machine.next(at: Self.start) == .done)
    }
}

struct BatchResponseTests {
    struct Example {
        var answer: String
        var wanted: BatchResponse
    }

    @Test(arguments: [
        Example(answer: "", wanted: .success),
        Example(answer: "null", wanted: .success),
        Example(answer: "{}", wanted: .success),
        Example(answer: #"{"batchItemFailures": null}"#, wanted: .success),
        Example(answer: #"{"batchItemFailures": []}"#, wanted: .success),
        Example(answer: #"{"batchItemFailures": [{"itemIdentifier": "12"}]}"#, wanted: .failedFrom(1)),
        Example(
            answer: #"{"batchItemFailures": [{"itemIdentifier": "13"}, {"itemIdentifier": "12"}]}"#,
            wanted: .failedFrom(1)),
        Example(answer: #"{"batchItemFailures": [{"itemIdentifier": "11"}]}"#, wanted: .failedFrom(0)),
        Example(answer: #"{"batchItemFailures": [{"itemIdentifier": ""}]}"#, wanted: .failed),
        Example(answer: #"{"batchItemFailures": [{"itemIdentifier": null}]}"#, wanted: .failed),
        Example(answer: #"{"batchItemFailures": [{"itemId": "12"}]}"#, wanted: .failed),
        Example(answer: #"{"batchItemFailures": [{"itemIdentifier": "99"}]}"#, wanted: .failed),
        Example(
            answer: #"{"batchItemFailures": [{"itemIdentifier": "12"}, {"itemIdentifier": ""}]}"#, wanted: .failed),
        Example(answer: #"{"batchItemFailures": "12"}"#, wanted: .failed),
        Example(answer: #""done""#, wanted: .failed),
        Example(answer: "{", wanted: .failed),
    ])
    func answersAreReadAsDocumented(_ example: Example) {
        let response = BatchResponse(Array(example.answer.utf8), sequences: ["11", "12", "13"])
        #expect(response == example.wanted)
    }
}
