extension Signature {
    /// The arguments in the order and shape of the signature.
    ///
    /// - Parameter context: stands in for a missing argument where the signature allows that.
    func validated(_ arguments: [Value], _ context: Value, name: String?) throws(JSONataError) -> [Value] {
        let symbols = arguments.map(\.symbol)
        var counts = [Int](repeating: 0, count: parameters.count)
        guard matches(symbols, from: 0, parameter: 0, &counts) else { throw mismatch(symbols, name) }
        var validated: [Value] = []
        validated.reserveCapacity(parameters.count)
        var place = 0
        for (number, parameter) in parameters.enumerated() {
            if counts[number] == 0 {
                guard parameter.takesContext else {
                    validated.append(place < arguments.count ? arguments[place] : .undefined)
                    place += 1
                    continue
                }
                guard parameter.symbols.contains(context.symbol) else {
                    throw JSONataError(
                        "T0411",
                        "Context value is not a compatible type with argument \(place + 1) of function"
                            + Self.quoted(name))
                }
                validated.append(context)
                continue
            }
            for _ in 0..<counts[number] {
                validated.append(
                    try shaped(place < arguments.count ? arguments[place] : .undefined, parameter, place, name))
                place += 1
            }
        }
        return validated
    }

    private static func quoted(_ name: String?) -> String { name.map { " \"\($0)\"" } ?? "" }

    private func matches(_ symbols: [UInt8], from place: Int, parameter: Int, _ counts: inout [Int]) -> Bool {
        guard parameter < parameters.count else { return place == symbols.count }
        let wanted = parameters[parameter]
        var fitting = 0
        let most = wanted.isRepeated ? symbols.count - place : 1
        while fitting < most, place + fitting < symbols.count, wanted.symbols.contains(symbols[place + fitting]) {
            fitting += 1
        }
        let least = wanted.isOptional ? 0 : 1
        while fitting >= least {
            counts[parameter] = fitting
            if matches(symbols, from: place + fitting, parameter: parameter + 1, &counts) { return true }
            fitting -= 1
        }
        return false
    }

    /// Finds the first argument that no way of reading the signature takes.
    private func mismatch(_ symbols: [UInt8], _ name: String?) -> JSONataError {
        var good = 0
        for parameter in parameters {
            guard good < symbols.count else { break }
            if parameter.symbols.contains(symbols[good]) {
                good += 1
                while parameter.isRepeated, good < symbols.count, parameter.symbols.contains(symbols[good]) {
                    good += 1
                }
            } else if !parameter.isOptional {
                break
            }
        }
        return JSONataError(
            "T0410", "Argument \(good + 1) of function\(Self.quoted(name)) does not match function signature")
    }

    private func shaped(
        _ argument: Value, _ parameter: Parameter, _ place: Int, _ name: String?
    ) throws(JSONataError) -> Value {
        guard parameter.isArray, !argument.isUndefined else { return argument }
        guard let element = parameter.element, let subtype = parameter.subtype else {
            return argument.isArray ? argument : .list(List.sequence([argument]))
        }
        guard argument.isArray else {
            guard subtype.utf8.elementsEqual([argument.symbol]) else {
                throw wrongElements(subtype, place, name)
            }
            return .list(List.plain([argument]))
        }
        let hasOnlyThat =
            switch argument {
            case .array(let values): values.allSatisfy { Value($0).symbol == element }
            default: argument.asElements.allSatisfy { $0.symbol == element }
            }
        guard hasOnlyThat else { throw wrongElements(subtype, place, name) }
        return argument
    }

    private func wrongElements(_ subtype: String, _ place: Int, _ name: String?) -> JSONataError {
        let names = [
            "a": "arrays", "b": "booleans", "f": "functions", "n": "numbers", "o": "objects", "s": "strings",
        ]
        return JSONataError(
            "T0412",
            "Argument \(place + 1) of function\(Self.quoted(name)) must be an array of \(names[subtype] ?? subtype)")
    }
}
