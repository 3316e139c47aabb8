import JSON
import Telemetry
import Terminal

/// What a client sent, or got: the headers and the body as one tree.
struct MessageView: Sendable {
    private var view: PayloadView
    private let body: Payload

    init(_ message: HTTPMessage) {
        body = message.body
        var headers = JSONObject()
        for header in message.headers {
            let known = headers[header.name]?.string.map { $0 + ", " } ?? ""
            headers[header.name] = .string(known + header.value)
        }
        var object = JSONObject()
        if !headers.isEmpty { object["headers"] = .object(headers) }
        if !body.bytes.isEmpty {
            let json = body.isCut ? nil : try? JSON(parsing: body.bytes)
            object["body"] = json ?? .string(String(decoding: body.bytes, as: UTF8.self))
        }
        let bytes = object.isEmpty ? [] : JSON.object(object).bytes
        view = PayloadView(Payload(bytes: bytes, totalCount: bytes.count))
    }

    /// `body 1.2 KiB`
    var note: String {
        guard body.totalCount > 0 else { return "no body" }
        guard !body.bytes.isEmpty else { return "body of \(Format.bytes(body.totalCount)), no longer kept" }
        guard body.isCut else { return "body \(Format.bytes(body.totalCount))" }
        return "body: first \(Format.bytes(body.bytes.count)) of \(Format.bytes(body.totalCount))"
    }

    mutating func move(by step: Int, height: Int) { view.move(by: step, height: height) }
    mutating func select(row: Int, height: Int) { view.select(row: row, height: height) }
    mutating func toggle(height: Int) { view.toggle(height: height) }

    func draw(on canvas: inout Canvas, in rect: Rect, isFocused: Bool) {
        view.draw(on: &canvas, in: rect, isFocused: isFocused)
    }
}
