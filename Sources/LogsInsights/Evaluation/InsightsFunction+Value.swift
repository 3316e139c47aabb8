import CSearch
import Glibc
import JSON

extension InsightsFunction {
    func value(_ arguments: [Expression], _ row: RowContext) -> Value {
        switch self {
        case .abs, .ceil, .floor, .log, .sqrt: return numeric(arguments[0].value(row))
        case .greatest, .least: return extreme(arguments, row)
        case .datefloor, .dateceil: return date(arguments, row)
        case .frommillis: return arguments[0].value(row).number.flatMap(Self.time) ?? .missing
        case .tomillis:
            guard case .time(let time) = arguments[0].value(row) else { return .missing }
            return .number(Double(time))
        case .now: return .number(row.now)
        case .ispresent: return .bool(!arguments[0].value(row).isMissing)
        case .coalesce:
            for argument in arguments {
                let value = argument.value(row)
                if !value.isMissing { return value }
            }
            return .missing
        case .jsonparse:
            let value = arguments[0].value(row)
            guard !value.isMissing, let json = value.withBytes({ try? JSON(parsing: $0) }) else { return .missing }
            return Value(json)
        case .jsonstringify:
            let value = arguments[0].value(row)
            if case .json(let json) = value { return .text(json.bytes) }
            return value.isMissing ? .missing : .text(value.bytes)
        case .isvalidip, .isvalidipv4, .isvalidipv6, .isipinsubnet, .isipv4insubnet, .isipv6insubnet:
            return address(arguments.map { $0.value(row) })
        default: return text(arguments.map { $0.value(row) })
        }
    }

    private func numeric(_ value: Value) -> Value {
        guard let number = value.number else { return .missing }
        let result: Double
        switch self {
        case .abs: result = Swift.abs(number)
        case .ceil: result = number.rounded(.up)
        case .floor: result = number.rounded(.down)
        case .log: result = Glibc.log(number)
        default: result = number.squareRoot()
        }
        return result.isFinite ? .number(result) : .missing
    }

    private func extreme(_ arguments: [Expression], _ row: RowContext) -> Value {
        let numbers = arguments.compactMap { $0.value(row).number }
        guard numbers.count == arguments.count else { return .missing }
        return ((self == .greatest ? numbers.max() : numbers.min()).map(Value.number)) ?? .missing
    }

    private func date(_ arguments: [Expression], _ row: RowContext) -> Value {
        guard case .period(let period)? = arguments.last else { return .missing }
        guard let time = arguments[0].value(row).number.flatMap(Self.milliseconds) else { return .missing }
        return .time(self == .dateceil ? period.ceil(time) : period.floor(time))
    }

    private static func time(_ number: Double) -> Value? { milliseconds(number).map(Value.time) }

    /// Within the years that can be written.
    private static func milliseconds(_ number: Double) -> Int64? {
        Swift.abs(number) < 2.5e14 ? Int64(number) : nil
    }

    private func text(_ values: [Value]) -> Value {
        if self == .concat { return .text(values.flatMap(\.bytes)) }
        if self == .isempty || self == .isblank {
            return .bool(
                values[0].withBytes { text in self == .isempty ? text.isEmpty : text.allSatisfy { $0 <= 0x20 } })
        }
        guard !values.contains(where: \.isMissing) else { return .missing }
        switch self {
        case .strlen: return .number(Double(values[0].withBytes { text in text.count { $0 & 0xC0 != 0x80 } }))
        case .toupper: return .text(Array(values[0].string.uppercased().utf8))
        case .tolower: return .text(Array(values[0].string.lowercased().utf8))
        case .ltrim, .rtrim, .trim: return trimmed(values)
        case .substr: return Self.substring(values)
        case .replace:
            let wanted = values[1].string
            return .text(
                Array(
                    (wanted.isEmpty ? values[0].string : values[0].string.replacing(wanted, with: values[2].string))
                        .utf8))
        case .strcontains:
            return .number(values[0].holds(values[1]) ? 1 : 0)
        default: return .missing
        }
    }

    private func trimmed(_ values: [Value]) -> Value {
        let set = values.count > 1 ? Set(values[1].bytes) : Set([0x20, 0x09, 0x0A, 0x0D])
        var text = values[0].bytes[...]
        if self != .rtrim { text = text.drop { set.contains($0) } }
        if self != .ltrim { while let last = text.last, set.contains(last) { text = text.dropLast() } }
        return .text(Array(text))
    }

    private static func substring(_ values: [Value]) -> Value {
        guard let start = values[1].number, start >= 0, start < 1e9 else { return .missing }
        let rest = values[0].string.unicodeScalars.dropFirst(Int(start))
        guard values.count > 2 else { return .text(Array(String(rest).utf8)) }
        guard let count = values[2].number, count >= 0, count < 1e9 else { return .missing }
        return .text(Array(String(rest.prefix(Int(count))).utf8))
    }

    private func address(_ values: [Value]) -> Value {
        guard !values.contains(where: \.isMissing) else { return .missing }
        let address = NetworkAddress(values[0].string)
        switch self {
        case .isvalidip: return .bool(address != nil)
        case .isvalidipv4: return .bool(address?.isV4 == true)
        case .isvalidipv6: return .bool(address?.isV4 == false)
        default: break
        }
        guard let address, let subnet = Subnet(values[1].string) else { return .bool(false) }
        if self == .isipv4insubnet, !address.isV4 { return .bool(false) }
        if self == .isipv6insubnet, address.isV4 { return .bool(false) }
        return .bool(subnet.contains(address))
    }
}

extension Value {
    fileprivate func holds(_ other: Value) -> Bool {
        withBytes { text in other.withBytes { cs_find(text.baseAddress, text.count, $0.baseAddress, $0.count) >= 0 } }
    }

    var string: String { withBytes { String(decoding: $0, as: UTF8.self) } }
}
