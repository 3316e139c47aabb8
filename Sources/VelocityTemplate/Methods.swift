/// Java's methods that templates call on values. One that is not known gives nothing, as in Velocity.
enum Methods {
    static func call(
        _ name: String, _ arguments: [VelocityValue], on value: VelocityValue
    ) throws(VelocityError) -> VelocityValue {
        switch value {
        case .object(let object): return try object.call(name, arguments) ?? .null
        case .string(let text): return try StringMethods.call(name, arguments, on: text)
        case .list(let list): return try ListMethods.call(name, arguments, on: list)
        case .map(let map): return try MapMethods.call(name, arguments, on: map)
        default: return NumberMethods.call(name, arguments, on: value)
        }
    }

    static func limited(_ count: Int) throws(VelocityError) {
        guard count <= Limits.elements else {
            throw VelocityError("a list or map has more than \(Limits.elements) elements")
        }
    }
}

enum NumberMethods {
    static func call(_ name: String, _ arguments: [VelocityValue], on value: VelocityValue) -> VelocityValue {
        switch name {
        case "toString": return .string(value.text)
        case "equals": return .bool(arguments.first.map { Arithmetic.isEqual(value, $0) } ?? false)
        case "intValue", "longValue":
            guard case .decimal(let number) = value else { return value }
            return Int(exactly: number.rounded(.towardZero)).map(VelocityValue.integer) ?? .null
        case "doubleValue":
            guard case .integer(let number) = value else { return value }
            return .decimal(Double(number))
        // A number stands for Java's class of it: `#set($Integer = 0)` and then `$Integer.parseInt($text)`.
        case "parseInt", "parseLong", "valueOf":
            return arguments.first.flatMap { Int($0.text) }.map(VelocityValue.integer) ?? .null
        case "parseDouble": return arguments.first.flatMap { Double($0.text) }.map(VelocityValue.decimal) ?? .null
        default: return .null
        }
    }
}

enum ListMethods {
    static func call(
        _ name: String, _ arguments: [VelocityValue], on list: VelocityList
    ) throws(VelocityError) -> VelocityValue {
        let first = arguments.first
        switch name {
        case "size", "length": return .integer(list.elements.count)
        case "isEmpty": return .bool(list.elements.isEmpty)
        case "get":
            guard case .integer(let place)? = first, list.elements.indices.contains(place) else { return .null }
            return list.elements[place]
        case "set":
            guard case .integer(let place)? = first, list.elements.indices.contains(place), arguments.count == 2 else {
                return .null
            }
            defer { list.elements[place] = arguments[1] }
            return list.elements[place]
        case "add": return try add(arguments, to: list)
        case "addAll":
            guard case .list(let other)? = first else { return .bool(false) }
            try Methods.limited(list.elements.count + other.elements.count)
            list.elements += other.elements
            return .bool(!other.elements.isEmpty)
        case "contains": return .bool(index(of: first, in: list) != nil)
        case "containsAll":
            guard case .list(let other)? = first else { return .bool(false) }
            return .bool(other.elements.allSatisfy { index(of: $0, in: list) != nil })
        case "indexOf": return .integer(index(of: first, in: list) ?? -1)
        case "remove":
            if case .integer(let place)? = first {
                return list.elements.indices.contains(place) ? list.elements.remove(at: place) : .null
            }
            guard let place = index(of: first, in: list) else { return .bool(false) }
            list.elements.remove(at: place)
            return .bool(true)
        case "clear":
            list.elements = []
            return .null
        case "subList":
            guard arguments.count == 2, case .integer(let start) = arguments[0], case .integer(let end) = arguments[1],
                0 <= start, start <= end, end <= list.elements.count
            else { return .null }
            return .list(VelocityList(Array(list.elements[start..<end]), isJSON: list.isJSON))
        case "iterator": return .list(list)
        case "toString": return .string(VelocityValue.list(list).text)
        case "equals": return .bool(first.map { Arithmetic.isEqual(.list(list), $0) } ?? false)
        default: return .null
        }
    }

    private static func add(_ arguments: [VelocityValue], to list: VelocityList) throws(VelocityError) -> VelocityValue
    {
        try Methods.limited(list.elements.count + 1)
        if arguments.count == 2 {
            guard case .integer(let place) = arguments[0], (0...list.elements.count).contains(place) else {
                return .null
            }
            list.elements.insert(arguments[1], at: place)
            return .null
        }
        guard let value = arguments.first else { return .null }
        list.elements.append(value)
        return .bool(true)
    }

    private static func index(of value: VelocityValue?, in list: VelocityList) -> Int? {
        guard let value else { return nil }
        return list.elements.firstIndex { Arithmetic.isEqual($0, value) }
    }
}

enum MapMethods {
    static func call(
        _ name: String, _ arguments: [VelocityValue], on map: VelocityMap
    ) throws(VelocityError) -> VelocityValue {
        let key = arguments.first?.text ?? ""
        switch name {
        case "get": return map[key] ?? .null
        case "getOrDefault": return map[key] ?? arguments.last ?? .null
        case "put", "putIfAbsent":
            guard arguments.count == 2 else { return .null }
            let old = map[key]
            guard old == nil || name == "put" else { return old ?? .null }
            try Methods.limited(map.keys.count + 1)
            map[key] = arguments[1]
            return old ?? .null
        case "putAll":
            guard case .map(let other)? = arguments.first else { return .null }
            try Methods.limited(map.keys.count + other.keys.count)
            for key in other.keys { map[key] = other[key] }
            return .null
        case "remove":
            let old = map[key]
            map[key] = nil
            return old ?? .null
        case "clear":
            for key in map.keys { map[key] = nil }
            return .null
        case "containsKey": return .bool(map[key] != nil)
        case "containsValue":
            return .bool(
                arguments.first.map { value in map.values.contains { Arithmetic.isEqual($0, value) } } ?? false)
        case "keySet": return .list(VelocityList(map.keys.map(VelocityValue.string)))
        case "values": return .list(VelocityList(map.values))
        case "entrySet":
            return .list(VelocityList(zip(map.keys, map.values).map { .object(Entry(key: $0, value: $1)) }))
        case "size": return .integer(map.keys.count)
        case "isEmpty": return .bool(map.keys.isEmpty)
        case "toString": return .string(VelocityValue.map(map).text)
        case "equals": return .bool(arguments.first.map { Arithmetic.isEqual(.map(map), $0) } ?? false)
        default: return .null
        }
    }
}

/// A member of a map, of `entrySet()`.
private struct Entry: VelocityObject {
    let key: String
    let value: VelocityValue

    func property(_ name: String) -> VelocityValue? {
        switch name {
        case "key": .string(key)
        case "value": value
        default: nil
        }
    }

    func call(_ method: String, _ arguments: [VelocityValue]) -> VelocityValue? {
        switch method {
        case "getKey": .string(key)
        case "getValue": value
        default: nil
        }
    }

    var text: String { "\(key)=\(value.text)" }
}
