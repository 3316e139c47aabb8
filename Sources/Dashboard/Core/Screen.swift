package import Telemetry
package import TelemetryStore
package import Terminal

/// A screen is a value: it changes with keys and answers, and draws what it knows.
package protocol Screen: Sendable {
    associatedtype Command: Hashable & Sendable

    static var keys: KeyMap<Command> { get }

    var route: Route { get }

    /// What is to be asked now; what is no longer in here is not waited for.
    var requests: [DataRequest] { get }

    /// What is under the cursor, if it can be compared.
    var markable: Marked? { get }

    /// A field or a menu is open that takes letters before any binding does: they are left out of the footer.
    var takesLetters: Bool { get }

    /// What does nothing in the part that is shown: left out of the footer.
    var idle: Set<Command> { get }

    /// Something on it grows older by the second.
    var dependsOnTime: Bool { get }

    /// The place that it is drawn in; called before the first drawing and whenever the place or the contents changed.
    mutating func lay(out rect: Rect)

    mutating func take(_ answer: DataAnswer, for request: DataRequest) -> [Effect]

    mutating func run(_ command: Command, _ context: ScreenContext) -> [Effect]

    /// Keys that a text field or a menu takes before any binding; `nil` when none is open.
    mutating func press(_ key: Key, _ context: ScreenContext) -> [Effect]?

    mutating func paste(_ text: String)

    mutating func mouse(_ event: MouseEvent, _ context: ScreenContext) -> [Effect]

    /// The charts over the window that is looked at, as they are drawn now: a drag over one chooses a span of time.
    func charts(_ context: ScreenContext) -> [ChartMap]

    /// The answer to ``Effect/invoke(function:payload:)``.
    mutating func take(_ outcome: InvokeOutcome, _ context: ScreenContext) -> [Effect]

    /// The answer to ``Effect/execute(_:)``.
    mutating func take(_ outcome: ExecutionOutcome, _ context: ScreenContext) -> [Effect]

    /// The answer to a ``Effect/call(_:)`` of this screen or another one.
    mutating func take(_ outcome: EndpointOutcome, _ context: ScreenContext) -> [Effect]

    /// The text of ``Effect/edit(_:)``, edited.
    mutating func edited(_ text: String)

    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext)
}

extension Screen {
    package var markable: Marked? { nil }
    package var takesLetters: Bool { false }
    package var idle: Set<Command> { [] }
    package var dependsOnTime: Bool { false }
    package mutating func lay(out rect: Rect) {}
    package mutating func press(_ key: Key, _ context: ScreenContext) -> [Effect]? { nil }
    package mutating func paste(_ text: String) {}
    package mutating func mouse(_ event: MouseEvent, _ context: ScreenContext) -> [Effect] { [] }
    package func charts(_ context: ScreenContext) -> [ChartMap] { [] }
    package mutating func take(_ outcome: InvokeOutcome, _ context: ScreenContext) -> [Effect] { [] }
    package mutating func take(_ outcome: ExecutionOutcome, _ context: ScreenContext) -> [Effect] { [] }
    package mutating func take(_ outcome: EndpointOutcome, _ context: ScreenContext) -> [Effect] { [] }
    package mutating func edited(_ text: String) {}
}

/// What all screens share.
package struct ScreenContext: Hashable, Sendable {
    package var now: Timestamp
    /// The span of time that is looked at.
    package var window: TimeWindow
    /// Nothing new is shown until it goes on.
    package var isPaused: Bool
    /// Where the screen is drawn.
    package var rect: Rect
    /// What clients are to be told, as ``DashboardSettings/endpoint``.
    package var endpoint: String?
    /// At most two, the older one first.
    package var marks: [Marked] = []
    /// Findings that are not to be shown.
    package var silenced: Set<Finding.ID> = []

    package init(now: Timestamp, window: TimeWindow, isPaused: Bool = false, rect: Rect) {
        self.now = now
        self.window = window
        self.isPaused = isPaused
        self.rect = rect
    }
}
