import JSON

/// The intrinsic functions by their names.
enum IntrinsicFunction: String, Hashable, Sendable, CaseIterable {
    case format = "States.Format"
    case stringToJSON = "States.StringToJson"
    case jsonToString = "States.JsonToString"
    case array = "States.Array"
    case arrayPartition = "States.ArrayPartition"
    case arrayContains = "States.ArrayContains"
    case arrayRange = "States.ArrayRange"
    case arrayGetItem = "States.ArrayGetItem"
    case arrayLength = "States.ArrayLength"
    case arrayUnique = "States.ArrayUnique"
    case base64Encode = "States.Base64Encode"
    case base64Decode = "States.Base64Decode"
    case hash = "States.Hash"
    case jsonMerge = "States.JsonMerge"
    case mathRandom = "States.MathRandom"
    case mathAdd = "States.MathAdd"
    case stringSplit = "States.StringSplit"
    case uuid = "States.UUID"

    /// How many arguments it takes.
    var arity: ClosedRange<Int> {
        switch self {
        case .format: 1...Int.max
        case .array: 0...Int.max
        case .uuid: 0...0
        case .stringToJSON, .jsonToString, .arrayLength, .arrayUnique, .base64Encode, .base64Decode: 1...1
        case .arrayPartition, .arrayContains, .arrayGetItem, .hash, .mathAdd, .stringSplit: 2...2
        case .arrayRange, .jsonMerge: 3...3
        case .mathRandom: 2...3
        }
    }

    /// - Parameter arguments: as many as the arity wants.
    func apply(_ arguments: [JSON], random: () -> UInt64) throws(IntrinsicFailure) -> JSON {
        let value: JSON? =
            switch self {
            case .format: nil
            case .array: .array(arguments)
            case .stringToJSON: Self.parsed(arguments[0])
            case .jsonToString: .string(arguments[0].text)
            case .arrayPartition: Self.partition(arguments[0], size: arguments[1])
            case .arrayContains: arguments[0].array.map { .bool($0.contains { $0.isSame(as: arguments[1]) }) }
            case .arrayRange: Self.range(from: arguments[0], through: arguments[1], by: arguments[2])
            case .arrayGetItem: Self.item(of: arguments[0], at: arguments[1])
            case .arrayLength: arguments[0].array.map { .int($0.count) }
            case .arrayUnique: arguments[0].array.map { .array(Self.unique($0)) }
            case .base64Encode: Self.encode(arguments[0])
            case .base64Decode: Self.decode(arguments[0])
            case .hash: Self.hash(arguments[0], algorithm: arguments[1])
            case .jsonMerge: Self.merge(arguments[0], arguments[1], isDeep: arguments[2])
            case .mathRandom: Self.randomNumber(arguments, random: random)
            case .mathAdd: Self.sum(arguments[0], arguments[1])
            case .stringSplit: Self.split(arguments[0], at: arguments[1])
            case .uuid: .string(Self.uuid(random))
            }
        guard let value else { throw .invalidArguments(of: self) }
        return value
    }
}
