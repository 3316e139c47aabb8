import AWSCore
import JSON
import Telemetry

/// One page of a list, as `Marker` and `MaxItems` ask for.
struct Page<Element> {
    let elements: ArraySlice<Element>
    let next: String?

    /// - Parameters:
    ///   - all: in the order of the list.
    ///   - key: tells the elements apart; the marker is the key of the last one on the page.
    init(
        _ all: [Element], _ request: ServiceRequest, largest: Int = 10_000, key: (Element) -> String
    ) throws(ServiceError) {
        let count = try Self.count(request, largest)
        var start = 0
        if let marker = request.query("Marker"), !marker.isEmpty {
            guard let bytes = Base64.decoded(marker) else { throw .invalid("The marker \(marker) is not valid.") }
            let last = String(decoding: bytes, as: UTF8.self)
            // What stood there may be gone by now: then the list goes on where it would have been.
            start = all.firstIndex { key($0) == last }.map { $0 + 1 } ?? all.firstIndex { key($0) > last } ?? all.count
        }
        elements = all[start...].prefix(count)
        next = start + elements.count < all.count ? elements.last.map { Base64.encoded(Array(key($0).utf8)) } : nil
    }

    private static func count(_ request: ServiceRequest, _ largest: Int) throws(ServiceError) -> Int {
        guard let text = request.query("MaxItems") else { return 50 }
        guard let count = Int(text), count >= 1 else {
            throw .constraint(text, at: "maxItems", "have value greater than or equal to 1")
        }
        guard count <= largest else {
            throw .constraint(text, at: "maxItems", "have value less than or equal to \(largest)")
        }
        return min(count, 50)
    }

    func response(_ name: String, _ json: (Element) -> JSON) -> ServiceResponse {
        var output: JSON = [:]
        output[name] = .array(elements.map(json))
        output["NextMarker"] = next.map { .string($0) } ?? .null
        return ServiceResponse(body: output.bytes)
    }
}
