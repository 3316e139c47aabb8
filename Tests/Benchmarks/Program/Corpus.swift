import Glibc
import Telemetry

/// Log lines as functions write them, about a hundred bytes each, the same in every run.
struct Corpus {
    /// Stands in one line of 100,000.
    static let rare = "card 4242 declined"
    /// Stands in every fifth line.
    static let common = "recorded"
    static let batchSize = 1000

    private(set) var bytes = 0
    private var number = 0
    private let file: Int32
    private let start = Timestamp.now()

    init(path: String) throws {
        file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw BenchError(description: "cannot write \(path): error \(errno)") }
    }

    func close() { Glibc.close(file) }

    /// The next lines of one function, also written to the file.
    mutating func next() throws -> LogBatch {
        let functions = ["record-order", "query-user", "process-payment", "update-order", "notify-user"]
        let function = functions[number / Self.batchSize % functions.count]
        var batch = LogBatch(
            group: "/aws/lambda/\(function)", stream: "2026/01/31/[$LATEST]7f3a91c2", function: function)
        var text: [UInt8] = []
        var id = RequestID()
        for _ in 0..<Self.batchSize {
            if number % 20 == 0 { id = RequestID(high: UInt64(number), low: UInt64(number) &* 0x9E37_79B9_7F4A_7C15) }
            let line = Self.line(number)
            batch.append(line.utf8, at: start + Microseconds(Int64(number) * 50), requestID: id)
            text += line.utf8
            text.append(0x0A)
            number += 1
        }
        bytes += batch.bytes.count
        guard write(file, text, text.count) == text.count else {
            throw BenchError(description: "the corpus does not fit on the disk: error \(errno)")
        }
        return batch
    }

    private static func line(_ number: Int) -> String {
        let order = "o-\(number &* 7919 % 1_000_000)"
        if number % 100_000 == 50_000 {
            return "ERROR payment of order \(order) failed: \(rare) by the bank after \(number % 900) ms, retry 2 of 3"
        }
        switch number % 5 {
        case 0:
            return
                "INFO order \(order) of user u-\(number % 4999) was recorded with \(number % 7) items for \(number % 997).50 EUR, stock reserved"
        case 1:
            return
                "DEBUG query users by email took \(number % 83) ms, consumed 0.5 capacity units, cache of user u-\(number % 4999) missed"
        case 2:
            return
                "{\"level\":\"info\",\"message\":\"payment accepted\",\"order\":\"\(order)\",\"amount\":\(number % 997).5,\"card\":\"visa\",\"ms\":\(number % 211)}"
        case 3:
            return
                "WARN update of order \(order) was tried again: the condition on version \(number % 13) did not hold, attempt 2"
        default:
            return
                "INFO mail to user u-\(number % 4999) about order \(order) was handed to the provider, message id m-\(number)"
        }
    }
}
