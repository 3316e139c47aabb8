import Testing

@testable import Dashboard

struct FilterHelpTests {
    struct Completion: Sendable {
        var text: String
        var words: [String]
    }

    @Test(arguments: [
        Completion(text: "", words: []),
        Completion(text: "fn:", words: ["fn:process-payment", "fn:query-user"]),
        Completion(text: "declined -fn:q", words: ["-fn:query-user"]),
        Completion(text: "level>=w", words: ["level>=warn"]),
        Completion(text: "lev", words: ["level>=", "level="]),
        Completion(text: "hello ", words: []),
    ])
    func completes(_ completion: Completion) {
        let names = ["process-payment", "query-user"]
        #expect(FilterCompletion.words(for: completion.text, functions: names) == completion.words)
    }

    @Test func completingKeepsWhatStandsBefore() {
        #expect(FilterCompletion.complete("declined fn:q", with: "fn:query-user") == "declined fn:query-user")
    }

    @Test func goesBackInHistoryAndReturnsToTheDraft() {
        var history = FilterHistory()
        for text in ["a", "b", "a"] { history.remember(text) }
        #expect(history.older(than: "typing") == "a")
        #expect(history.older(than: "a") == "b")
        #expect(history.older(than: "b") == nil)
        #expect(history.newer() == "a")
        #expect(history.newer() == "typing")
        #expect(history.newer() == nil)
    }
}
