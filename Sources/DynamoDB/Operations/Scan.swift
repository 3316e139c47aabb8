import AWSCore
import JSON

enum Scan: ServiceOperation {
    static let name = "Scan"

    static func run(_ input: JSON, call: CallContext, in tables: Tables) async throws(ServiceError) -> JSON {
        let name = try Tables.name(input)
        var request = try OperationInput(input)
        let filter = try request.condition("FilterExpression")
        let paths = try request.projection()
        try request.names.checkAllUsed()
        let settled = request
        let (segment, segments) = try segment(input)
        let page = try await tables.read { session throws(ServiceError) in
            let table = try session.table(name)
            let index = try Reading.index(input, table)
            let place = try ReadingPlace(input, table, index)
            if let place, segments > 1, !isIn(place.index.hash, segment, segments) {
                throw .validation(
                    "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct "
                        + "Segment. TotalSegments: \(segments) Segment: \(segment)")
            }
            var reading = try Reading(request: settled, table: table, index: index, filter: filter, paths: paths)
            try session.scan(table, index, after: place, segment: segment, of: segments) { reading.take($0) }
            return reading.page
        }
        call.meter?.read(page.capacity, items: page.scanned, index: page.index)
        return page.output(settled, name)
    }

    private static func isIn(_ hash: Int, _ segment: Int, _ segments: Int) -> Bool {
        min(hash / (Int.max / segments), segments - 1) == segment
    }

    private static func segment(_ input: JSON) throws(ServiceError) -> (Int, Int) {
        switch (input["Segment"]?.int, input["TotalSegments"]?.int) {
        case (nil, nil): return (0, 1)
        case (let segment?, let total?):
            guard (1...1_000_000).contains(total), (0..<total).contains(segment) else {
                throw .validation(
                    "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: \(segment) is "
                        + "not less than TotalSegments: \(total)")
            }
            return (segment, total)
        case (nil, _?):
            throw .validation(
                "The Segment parameter is required but was not present in the request when parameter TotalSegments is present"
            )
        case (_?, nil):
            throw .validation(
                "The TotalSegments parameter is required but was not present in the request when Segment parameter is present"
            )
        }
    }
}
