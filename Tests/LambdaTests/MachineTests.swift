import Telemetry
import Testing

@testable import Lambda

@Suite struct RuntimeMachineTests {
    private let id = RequestID()

    @Test func servesOneInvocationAfterAnother() {
        var machine = RuntimeMachine()
        for _ in 1...2 {
            let next = machine.next()
            #expect(next == .wait)
            let isTaken = machine.invoke(id)
            #expect(isTaken)
            let isTakenTwice = machine.invoke(RequestID())
            #expect(!isTakenTwice)
            let again = machine.next()
            #expect(again == .again(id))
            let answer = machine.respond(to: Substring(id.description), isError: false)
            #expect(answer == .accepted(id))
        }
    }

    @Test func refusesAnswersToOtherInvocations() {
        var machine = RuntimeMachine()
        _ = machine.next()
        let early = machine.respond(to: Substring(id.description), isError: false)
        #expect(early == .refused(.invalidRequestID))
        _ = machine.invoke(id)
        let wrong = machine.respond(to: "nonsense", isError: true)
        #expect(wrong == .refused(.invalidRequestID))
        _ = machine.respond(to: Substring(id.description), isError: false)
        let twice = machine.respond(to: Substring(id.description), isError: false)
        #expect(twice == .refused(.transition(from: "RuntimeResponseSent", to: "InvocationResponse")))
    }

    @Test func initFailsOnlyBeforeTheFirstNext() {
        var machine = RuntimeMachine()
        _ = machine.next()
        let late = machine.failInit()
        #expect(late == .transition(from: "Ready", to: "InitError"))
        machine = RuntimeMachine()
        let first = machine.failInit()
        #expect(first == nil)
        let next = machine.next()
        #expect(next == .refused(.transition(from: "InitError", to: "Ready")))
    }
}

@Suite struct ExtensionsMachineTests {
    @Test func toldAreThoseThatAskedForIt() throws {
        var machine = ExtensionsMachine(external: ["a", "b"])
        try machine.register("a", events: ["INVOKE", "SHUTDOWN"], identifier: id(1))
        #expect(!machine.allExternalRegistered)
        try machine.register("b", events: [], identifier: id(2))
        #expect(machine.allExternalRegistered && !machine.areAllWaiting)
        _ = try machine.next(id(1))
        _ = try machine.next(id(2))
        #expect(machine.areAllWaiting)
        let told = machine.begin(.invoke)
        #expect(told.map(\.name) == ["a"])
        #expect(!machine.areAllWaiting)
        _ = try machine.next(id(1))
        #expect(machine.areAllWaiting)
    }

    struct Refused {
        var name: String
        var events: [String]
        var type: String
    }

    @Test(arguments: [
        Refused(name: "", events: [], type: "Extension.InvalidExtensionName"),
        Refused(name: "internal", events: ["SHUTDOWN"], type: "Extension.InvalidEventType"),
        Refused(name: "external", events: ["NONSENSE"], type: "Extension.InvalidEventType"),
    ])
    func refusals(_ refused: Refused) {
        var machine = ExtensionsMachine(external: ["external"])
        let error = #expect(throws: ExtensionsMachine.Refusal.self) {
            try machine.register(refused.name, events: refused.events, identifier: id(1))
        }
        #expect(error?.type == refused.type)
    }

    @Test func registrationClosesAfterInit() {
        var machine = ExtensionsMachine()
        machine.close()
        let error = #expect(throws: ExtensionsMachine.Refusal.self) {
            try machine.register("late", events: [], identifier: id(1))
        }
        #expect(error?.type == "Extension.RegistrationClosed")
    }

    private func id(_ number: UInt64) -> String { RequestID(high: 0, low: number).description }
}

@Suite struct PoolStateTests {
    @Test func environmentsAreStartedForThoseWhoWait() {
        var pool = PoolState<Int>(startLimit: 2, accountLimit: 10)
        for job in 1...5 {
            guard case .wait = pool.arrive(job, at: VersionName("f")) else {
                Issue.record("nobody could serve it")
                return
            }
        }
        let starts = pool.starts()
        #expect(starts.map(\.environment) == [1, 2])
        let more = pool.starts()
        #expect(more.isEmpty)
        guard case .run(1) = pool.freed(1) else {
            Issue.record("the first one waits longest")
            return
        }
        let next = pool.starts()
        #expect(next.map(\.environment) == [3])
    }

    @Test func anAnswerMakesRoomAndAnEnvironmentThatIsAboutToBeFreeIsWaitedFor() {
        var pool = PoolState<Int>(startLimit: 2, accountLimit: 10)
        pool.reserve(1, for: "f")
        _ = pool.arrive(1, at: VersionName("f"))
        _ = pool.starts()
        _ = pool.freed(1)
        guard
            case .throttled("ReservedFunctionConcurrentInvocationLimitExceeded") = pool.arrive(2, at: VersionName("f"))
        else {
            Issue.record("one at a time")
            return
        }
        pool.answered(VersionName("f"), by: 1)
        guard case .wait = pool.arrive(3, at: VersionName("f")) else {
            Issue.record("it is not free yet")
            return
        }
        let starts = pool.starts()
        #expect(starts.isEmpty)
    }

    @Test func whoLagsBehindItsAnswerIsNotWaitedForUnlessThatIsAllThatIsReserved() {
        for reserved in [1, nil] {
            var pool = PoolState<Int>(startLimit: 2, accountLimit: 10)
            pool.reserve(reserved, for: "f")
            _ = pool.arrive(1, at: VersionName("f"))
            _ = pool.starts()
            _ = pool.freed(1)
            pool.answered(VersionName("f"), by: 1)
            _ = pool.arrive(2, at: VersionName("f"))
            pool.lags(1)
            let late = pool.starts()
            #expect(late.count == (reserved == nil ? 1 : 0))
            guard case .run(2) = pool.freed(1) else {
                Issue.record("who waited is next")
                continue
            }
        }
    }

    @Test func theAccountHasALimitToo() {
        var pool = PoolState<Int>(startLimit: 2, accountLimit: 3)
        pool.reserve(1, for: "reserved")
        for job in 1...2 { _ = pool.arrive(job, at: VersionName("f")) }
        guard case .throttled("ConcurrentInvocationLimitExceeded") = pool.arrive(3, at: VersionName("g")),
            case .wait = pool.arrive(4, at: VersionName("reserved"))
        else {
            Issue.record("what is reserved is nobody else's")
            return
        }
    }

    @Test func changedCodeRetiresEnvironments() {
        var pool = PoolState<Int>(startLimit: 2, accountLimit: 10)
        for job in 1...2 { _ = pool.arrive(job, at: VersionName("f")) }
        _ = pool.starts()
        _ = pool.freed(1)
        _ = pool.freed(2)
        pool.answered(VersionName("f"), by: 1)
        guard case .idle = pool.freed(1) else {
            Issue.record("nobody waits")
            return
        }
        let idle = pool.changed(VersionName("f"))
        #expect(idle == [1])
        guard case .retire = pool.freed(2) else {
            Issue.record("it runs old code")
            return
        }
    }
}

@Suite struct SplitterTests {
    @Test(arguments: [1, 2, 3, 7, 100])
    func linesComeWholeHoweverTheyArrive(step: Int) {
        let text = Array("one\n\ntwo\r\nthr\u{E9}e\nrest".utf8)
        var splitter = LineSplitter()
        var found: [String] = []
        for start in stride(from: 0, to: text.count, by: step) {
            Array(text[start..<min(start + step, text.count)]).withUnsafeBytes { bytes in
                splitter.feed(bytes) { found.append(String(decoding: $0, as: UTF8.self)) }
            }
        }
        #expect(found == ["one", "", "two", "thr\u{E9}e"])
        splitter.flush { found.append(String(decoding: $0, as: UTF8.self)) }
        #expect(found.last == "rest")
    }

    @Test func aLineWithoutEndIsCut() {
        var splitter = LineSplitter()
        var counts: [Int] = []
        Array(repeating: UInt8(ascii: "x"), count: LineSplitter.limit * 2 + 5).withUnsafeBytes { bytes in
            splitter.feed(bytes) { counts.append($0.count) }
        }
        splitter.flush { counts.append($0.count) }
        #expect(counts == [LineSplitter.limit, LineSplitter.limit, 5])
    }

    @Test(arguments: [1, 5, 16, 17, 1000])
    func framesKeepTheirLines(step: Int) {
        let message = Array("a\nb".utf8)
        let frame: [UInt8] = [0xA5, 0x5A, 0, 3, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 9] + message
        let bytes = frame + frame + Array("plain\n".utf8)
        var splitter = RecordSplitter()
        var found: [String] = []
        var times: [Int64] = []
        for start in stride(from: 0, to: bytes.count, by: step) {
            Array(bytes[start..<min(start + step, bytes.count)]).withUnsafeBytes { part in
                splitter.feed(part) { message, time in
                    found.append(String(decoding: message, as: UTF8.self))
                    if let time { times.append(time.microseconds) }
                }
            }
        }
        #expect(found == ["a\nb", "a\nb", "plain"])
        #expect(times == [9, 9])
    }
}
