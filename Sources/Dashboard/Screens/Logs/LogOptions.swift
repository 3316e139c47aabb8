/// How the lines of the list look.
struct LogOptions: Hashable {
    var isWrapped = false
    var isGrouped = false
    var time = TimeStyle.clock
    /// Lines that are shown around each match.
    var context = 0

    enum TimeStyle: Hashable, CaseIterable {
        /// The time of day.
        case clock
        /// How long after the line above.
        case sincePrevious
        case hidden

        var next: TimeStyle {
            switch self {
            case .clock: .sincePrevious
            case .sincePrevious: .hidden
            case .hidden: .clock
            }
        }
    }

    /// None, a few, many, and none again.
    mutating func cycleContext() {
        switch context {
        case 0: context = 2
        case 2: context = 5
        default: context = 0
        }
    }
}
