import JSON

/// The answers of one mocked response, by attempt.
struct MockResponse: Hashable, Sendable {
    /// Sorted by attempts, which do not overlap.
    var answers: [Entry]

    struct Entry: Hashable, Sendable {
        var attempts: ClosedRange<Int>
        var answer: MockAnswer
    }

    func answer(retryCount: Int) -> MockAnswer? { answers.first { $0.attempts.contains(retryCount) }?.answer }
}
