import Terminal
import Testing

@testable import Dashboard

struct KeyTests {
    @Test func noScreenBindsAKeyTwice() {
        #expect(LogsScreen.keys.conflicts.isEmpty)
        #expect(LogLineScreen.keys.conflicts.isEmpty)
        #expect(InsightsScreen.keys.conflicts.isEmpty)
        #expect(InvocationScreen.keys.conflicts.isEmpty)
        #expect(InvokeScreen.keys.conflicts.isEmpty)
        #expect(DataScreen.keys.conflicts.isEmpty)
        #expect(TableScreen.keys.conflicts.isEmpty)
        #expect(ItemScreen.keys.conflicts.isEmpty)
        #expect(EventSourcesScreen.keys.conflicts.isEmpty)
        #expect(LintsScreen.keys.conflicts.isEmpty)
        #expect(CompareScreen.keys.conflicts.isEmpty)
        #expect(DiagnosticsScreen.keys.conflicts.isEmpty)
    }
}
