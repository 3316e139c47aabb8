import Telemetry
import Terminal
import Testing

@testable import Dashboard
@testable import TelemetryStore

struct AlarmsScreenTests {
    private func stage(_ columns: Int, _ rows: Int) -> Stage<AlarmsScreen> {
        Stage(AlarmsScreen(), columns: columns, rows: max(rows - 3, 1), answer: AlarmSample.answer)
    }

    private func alarm(_ name: String, _ columns: Int, _ rows: Int) -> Stage<AlarmScreen> {
        Stage(AlarmScreen(name: name), columns: columns, rows: max(rows - 3, 1), answer: AlarmSample.answer)
    }

    @Test(arguments: [(160, 48), (120, 40), (80, 24), (1, 1)])
    func drawsTheList(_ columns: Int, _ rows: Int) {
        expectFrame(stage(columns, rows).frame(), named: "alarms-\(columns)x\(rows)")
    }

    @Test(arguments: [(160, 48), (120, 40), (80, 24), (1, 1)])
    func drawsAnAlarm(_ columns: Int, _ rows: Int) {
        expectFrame(alarm("payment-errors", columns, rows).frame(), named: "alarm-\(columns)x\(rows)")
    }

    @Test func drawsACompositeAlarm() {
        expectFrame(alarm("shop", 120, 40).frame(), named: "alarm-composite-120x40")
    }

    @Test func drawsWhatThereIsToSayWithoutAlarms() {
        let empty = Stage(AlarmsScreen(), columns: 100, rows: 24) { request in
            switch request {
            case .alarms: .alarms([])
            case .metrics: .metrics([])
            default: nil
            }
        }
        expectFrame(empty.frame(), named: "alarms-none-100x27")
    }

    @Test func thoseThatFireComeFirstTheLatestBeforeTheOthers() {
        #expect(
            stage(120, 40).screen.alarms.rows.map(\.name) == [
                "shop", "payment-errors", "record-order-slow", "no-orders",
            ])
    }

    @Test func theSelectionStaysOnItsAlarm() {
        var stage = stage(120, 40)
        stage.press(.down)
        #expect(stage.screen.selected?.name == "payment-errors")
        stage.screen.take(AlarmSample.rows.filter { $0.name != "shop" })
        #expect(stage.screen.selected?.name == "payment-errors")
    }

    @Test func enterOpensTheAlarmAndOWhatItWatches() {
        var stage = stage(120, 40)
        stage.press(.down, .enter, .character("o"), .character("l"))
        #expect(
            stage.effects == [
                .open(.alarm("payment-errors")), .open(.function("process-payment", .overview)),
                .open(.logs(filter: "fn:process-payment")),
            ])
    }

    @Test func theFilterIsForBothPanes() {
        var stage = stage(120, 40)
        stage.press(.character("/"))
        stage.type("order")
        #expect(stage.screen.alarms.rows.map(\.name) == ["shop", "record-order-slow", "no-orders"])
        #expect(stage.screen.metricQuery.text == "order")
        stage.press(.escape)
        #expect(stage.screen.alarms.rows.count == 4)
    }

    @Test func tabGoesToTheMetrics() {
        var stage = stage(80, 24)
        stage.press(.tab, .down)
        #expect(stage.screen.focus == .metrics)
        #expect(stage.screen.selectedMetric?.key.name == "PaymentLatency")
        stage.press(.enter)
        #expect(stage.effects == [.open(.logs(filter: "\"PaymentLatency\""))])
    }

    @Test(
        arguments: [
            ("AWS/Lambda", "FunctionName", "pay", .function("pay", .overview), "fn:pay"),
            (
                "AWS/States", "StateMachineArn", "arn:aws:states:x:1:stateMachine:m",
                .executions(machine: "arn:aws:states:x:1:stateMachine:m"), nil
            ),
            ("AWS/DynamoDB", "TableName", "orders", .table("orders", .overview), nil),
            ("AWS/ApiGateway", "ApiId", "a1b2", .apis(api: "a1b2"), nil),
            ("AWS/ApiGateway", "ApiName", "shop", .apis(api: "shop"), nil),
            ("AWS/Logs", "LogGroupName", "/aws/lambda/pay", nil, "fn:pay"),
            ("Shop", "Card", "credit", nil, "\"Declined\""),
            ("AWS/SQS", "QueueName", "q", nil, nil),
        ] as [(String, String, String, Route?, String?)])
    func aMetricLeadsToWhatItIsAbout(
        _ namespace: String, _ dimension: String, _ value: String, _ route: Route?, _ filter: String?
    ) {
        let key = MetricKey(
            namespace, "Declined", [CustomMetric.Dimension(name: dimension, value: value)])
        #expect(AlarmTarget.route(key) == route)
        #expect(AlarmTarget.logFilter(key) == filter)
    }

    @Test func anAlarmOpensItsChildrenAndWhatItWatches() {
        var shop = alarm("shop", 120, 40)
        shop.press(.backTab, .enter)
        #expect(shop.effects == [.open(.alarm("payment-errors"))])
        var errors = alarm("payment-errors", 120, 40)
        errors.press(.character("o"), .character("l"), .escape)
        #expect(
            errors.effects == [
                .open(.function("process-payment", .overview)), .open(.logs(filter: "fn:process-payment")), .back,
            ])
        #expect(errors.screen.charts(errors.context).count == 1)
    }

    @Test func anAlarmThatIsGoneSaysSo() {
        #expect(alarm("gone", 80, 24).frame().text.contains("there is no alarm gone"))
    }

    @Test func firingAlarmsAreOnTheTopLineAndRingIfWanted() {
        useUTC()
        var settings = DashboardSettings()
        settings.ringsOnAlarm = true
        var state = DashboardState(settings, size: Size(columns: 120, rows: 40), now: LogSample.now)
        var overview = Overview(window: AlarmSample.window)
        #expect(state.take(.overview(overview), for: DashboardState.summaryRequest).isEmpty)
        overview.alarms.firing = 2
        overview.alarms.newest = .init(name: "payment-errors", since: LogSample.now + .seconds(1))
        #expect(state.take(.overview(overview), for: DashboardState.summaryRequest) == [.ring])
        #expect(state.take(.overview(overview), for: DashboardState.summaryRequest).isEmpty)
        #expect(state.frame().text.split(separator: "\n").first?.contains("2 payment-errors") == true)
        _ = state.press(.character("7"))
        #expect(state.stack.last?.route == .alarms)
    }
}
