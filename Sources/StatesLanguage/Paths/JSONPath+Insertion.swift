package import JSON

extension JSONPath {
    /// The document with the value put at this reference path; objects on the way are made (what `ResultPath` does).
    package func inserting(_ value: JSON, into document: JSON) throws(JSONPathError) -> JSON {
        guard isReference, let changed = Self.put(value, at: segments[...], in: document) else {
            throw JSONPathError("Unable to apply ReferencePath \(text) to input \(document.text)")
        }
        return changed
    }

    /// - Returns: `nil` where a name meets no object or a place is outside of its array.
    private static func put(_ value: JSON, at steps: ArraySlice<PathSegment>, in document: JSON?) -> JSON? {
        guard let step = steps.first else { return value }
        let rest = steps.dropFirst()
        switch step {
        case .name(let name):
            guard var object = document == nil ? JSONObject() : document?.object,
                let member = put(value, at: rest, in: object[name])
            else { return nil }
            object[name] = member
            return .object(object)
        case .index(let index):
            guard var array = document?.array, array.indices.contains(index),
                let element = put(value, at: rest, in: array[index])
            else { return nil }
            array[index] = element
            return .array(array)
        default: return nil
        }
    }
}
