import Synchronization
import Testing

@testable import AWSCore

struct StreamSignalTests {
    @Test func onlyReadersOfThatStreamAreTold() {
        let signals = StreamSignals()
        let heard = Mutex<[String]>([])
        let endFirst = signals.subscribe(to: "arn:aws:dynamodb:eu-west-1:1:table/one/stream/2026-01-01T00:00:00.000") {
            heard.withLock { $0.append("a") }
        }
        let endSecond = signals.subscribe(to: "two") { heard.withLock { $0.append("b") } }
        let one = "arn:aws:dynamodb:us-east-1:000000000000:table/one/stream/2026-01-01T00:00:00.000"
        signals.raise(one)
        signals.raise("three")
        endFirst()
        signals.raise(one)
        signals.raise("two")
        endSecond()
        #expect(heard.withLock { $0 } == ["a", "b"])
    }
}
