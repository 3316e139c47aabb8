package import JSON

extension EvaluationScope {
    /// - Parameter document: what `$` is.
    /// - Returns: `nil` where a definite path leads nowhere; an indefinite one that matches nothing gives an empty array.
    package func value(_ reference: DataReference, in document: JSON) -> JSON? {
        let found: JSON?
        switch reference.root {
        case .input where reference.isWholeInput: return document
        case .input: found = reference.path.value(in: document)
        case .context: found = reference.path.value(in: context)
        case .variable(let name):
            guard let variable = variables[name] else { return nil }
            found = reference.path.value(in: variable)
        }
        if found == nil, !reference.path.isDefinite { return .array([]) }
        return found
    }

    /// `InputPath` and `OutputPath`.
    package func apply(_ field: PathField, to document: JSON) throws(StateFailure) -> JSON {
        switch field {
        case .whole: return document
        case .none: return .object(JSONObject())
        case .unreadable(let text): throw .runtime("Invalid path '\(text)'")
        case .path(let reference):
            if let found = value(reference, in: document) { return found }
            throw .runtime("Invalid path '\(reference.text)' : \(missing(reference, in: document))")
        }
    }

    private func missing(_ reference: DataReference, in document: JSON) -> String {
        switch reference.root {
        case .input: PathFailure.reason(reference.path.text, in: document)
        case .context: PathFailure.reason(reference.path.text, in: context)
        case .variable(let name): PathFailure.reason(reference.path.text, in: variables[name] ?? .null)
        }
    }
}

/// Says where a path stops leading anywhere.
enum PathFailure {
    static func reason(_ path: String, in document: JSON) -> String {
        var walked = "$"
        var current = document
        let steps = self.steps(of: path)
        for (place, step) in steps.enumerated() {
            let next: JSON?
            switch step {
            case .name(let name):
                walked += "['\(name)']"
                next = current[name]
            case .index(let index):
                walked += "[\(index)]"
                next = current[index]
                if next == nil, current.array != nil { return "Index out of bounds when evaluating path \(walked)" }
            }
            guard let next else {
                return place == steps.count - 1
                    ? "No results for path: \(walked)" : "Missing property in path \(walked)"
            }
            current = next
        }
        return "No results for path: \(path)"
    }

    private enum Step {
        case name(String)
        case index(Int)
    }

    /// Names and indexes from the beginning of the path, up to what is neither.
    private static func steps(of path: String) -> [Step] {
        var steps: [Step] = []
        var rest = path.dropFirst()
        while let first = rest.first {
            rest = rest.dropFirst()
            if first == "." {
                let name = rest.prefix { $0 != "." && $0 != "[" }
                guard !name.isEmpty, name != "*" else { return steps }
                steps.append(.name(String(name)))
                rest = rest.dropFirst(name.count)
            } else if first == "[" {
                let inner = rest.prefix { $0 != "]" }
                rest = rest.dropFirst(inner.count + 1)
                if let index = Int(inner) {
                    steps.append(.index(index))
                } else if inner.count >= 2, inner.first == "'", inner.last == "'" {
                    steps.append(.name(String(inner.dropFirst().dropLast())))
                } else {
                    return steps
                }
            } else {
                return steps
            }
        }
        return steps
    }
}
