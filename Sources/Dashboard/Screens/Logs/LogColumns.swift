/// How wide each column of the list is; 0 where it is left out.
struct LogColumns: Hashable {
    /// The mark of the line under the cursor.
    static let gutter = 1

    var time = 0
    var function = 0
    var request = 0
    var level = 0
    var message = 0

    /// What the list shows besides the messages.
    struct Content: Hashable {
        var time = LogOptions.TimeStyle.clock
        var longestFunction = 0
        var hasRequests = true
    }

    init(width: Int, _ content: Content) {
        switch content.time {
        case .clock: time = width >= 76 ? 12 : width >= 40 ? 8 : 0
        case .sincePrevious: time = width >= 40 ? 9 : 0
        case .hidden: time = 0
        }
        function = width >= 50 ? min(content.longestFunction, max(width / 5, 12), 28) : 0
        request = !content.hasRequests ? 0 : width >= 100 ? 8 : width >= 72 ? 4 : 0
        level = width >= 72 ? 5 : width >= 24 ? 1 : 0
        let fixed = [time, function, request, level].filter { $0 > 0 }
        message = max(width - Self.gutter - fixed.reduce(0) { $0 + $1 + 1 }, 0)
    }

    /// Where the messages begin.
    var messageStart: Int {
        Self.gutter + [time, function, request, level].filter { $0 > 0 }.reduce(0) { $0 + $1 + 1 }
    }
}
