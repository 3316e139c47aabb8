import Telemetry
import TelemetryStore
import Terminal
import Testing

@testable import Dashboard

struct DataScreenTests {
    private func stage(_ columns: Int = 120, _ rows: Int = 37) -> Stage<DataScreen> {
        Stage(DataScreen(), columns: columns, rows: rows, answer: DataSample.answer)
    }

    @Test(arguments: [(160, 45), (120, 37), (80, 21), (1, 1)])
    func drawsTheTables(_ columns: Int, _ rows: Int) {
        expectFrame(stage(columns, rows).frame(), named: "data-\(columns)x\(rows)")
    }

    @Test func selectsTheTableWithTheMostErrors() {
        #expect(stage().screen.selected == "orders")
    }

    @Test(arguments: [("ord", 1), ("*s", 3), ("zzz", 0)])
    func filtersByName(_ words: String, _ count: Int) {
        var stage = stage()
        stage.press(.character("/"))
        stage.type(words)
        #expect(stage.screen.list.order.count == count)
        stage.press(.escape)
        #expect(stage.screen.list.order.count == 3)
    }

    @Test func sortsByEachColumnAndTheSelectionFollowsTheTable() {
        var stage = stage()
        stage.press(.down)
        let chosen = stage.screen.selected
        for column in DataColumn.sortable {
            stage.press(.character("s"))
            #expect(stage.screen.selected == chosen, "\(column)")
        }
        #expect(stage.screen.list.sort == DataColumn.sortable.first)
    }

    @Test func tablesWithoutDataStandLastEitherWay() {
        var stage = stage()
        while stage.screen.list.sort != .p95 { stage.press(.character("s")) }
        #expect(stage.screen.list.order == ["orders", "users", "sessions"])
        stage.press(.character("S"))
        #expect(stage.screen.list.order == ["users", "orders", "sessions"])
    }

    @Test func opensWhatIsAskedFor() {
        var stage = stage()
        stage.press(.enter, .character("o"), .character("x"))
        #expect(stage.effects == [TableTab.items, .overview, .calls].map { .open(.table("orders", $0)) })
    }

    @Test func aThousandTablesScroll() {
        var overview = TablesOverview(window: DataSample.window)
        overview.tables = (0..<1000).map { TableSummary(table: TableDescription(name: "table-\(1000 + $0)")) }
        let answered = overview
        var stage = Stage(DataScreen(), columns: 120, rows: 37) { request in
            if case .tables = request { return .tables(answered) }
            return nil
        }
        stage.press(.character("G"))
        #expect(stage.screen.selected == "table-1999")
        #expect(stage.frame().text.contains("table-1999"))
        stage.press(.character("g"), .pageDown)
        #expect(stage.frame().text.contains(stage.screen.selected ?? "?"))
    }
}
