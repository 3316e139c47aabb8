/// A function of the example application.
struct DemoFunction: Sendable {
    var name: String
    var runtime: String
    var handler: String
    var memoryMiB = 128
    var timeoutSeconds = 3
    var files: [File]
    /// The program that it needs on the PATH; without it the function is left out, with a note.
    var needs: String

    struct File: Sendable {
        var name: String
        var text: String
        var isExecutable = false
    }

    static let all = [
        python("record-order", DemoSource.recordOrder),
        DemoFunction(
            name: "query-user",
            runtime: "nodejs22.x",
            handler: "index.handler",
            files: [File(name: "index.mjs", text: DemoSource.queryUser)],
            needs: "node"
        ),
        python("process-payment", DemoSource.processPayment, timeoutSeconds: 2),
        python("update-order", DemoSource.updateOrder, memoryMiB: 256, timeoutSeconds: 10),
        DemoFunction(
            name: "notify-user",
            runtime: "provided.al2023",
            handler: "bootstrap",
            timeoutSeconds: 5,
            files: [File(name: "bootstrap", text: DemoSource.notifyUser, isExecutable: true)],
            needs: "curl"
        ),
        python("find-orders", DemoSource.findOrders),
        python("admit-staff", DemoSource.admitStaff),
        python("count-orders", DemoSource.countOrders, timeoutSeconds: 10),
        python("nightly-report", DemoSource.nightlyReport, memoryMiB: 256, timeoutSeconds: 15),
    ]

    private static func python(
        _ name: String,
        _ code: String,
        memoryMiB: Int = 128,
        timeoutSeconds: Int = 3
    ) -> DemoFunction {
        DemoFunction(
            name: name,
            runtime: "python3.12",
            handler: "app.handler",
            memoryMiB: memoryMiB,
            timeoutSeconds: timeoutSeconds,
            files: [File(name: "app.py", text: code), File(name: "shop.py", text: DemoSource.shopModule)],
            needs: "python3"
        )
    }
}
