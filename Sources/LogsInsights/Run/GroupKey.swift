/// Values as bytes that are the same when the values are.
enum GroupKey {
    static func append(_ value: Value, to key: inout [UInt8]) {
        switch value {
        case .missing: key.append(0)
        case .time(let time):
            key.append(1)
            withUnsafeBytes(of: time) { key.append(contentsOf: $0) }
        default:
            key.append(2)
            value.withBytes { bytes in
                withUnsafeBytes(of: UInt32(truncatingIfNeeded: bytes.count)) { key.append(contentsOf: $0) }
                key.append(contentsOf: bytes)
            }
        }
    }
}
