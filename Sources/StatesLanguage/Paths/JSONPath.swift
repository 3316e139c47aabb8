package import JSON

/// A JSONPath as Step Functions has it: `$.a.b[0]`, `$..a`, `$.a[?(@.b > 1)]`, `$.a[1:3]`, `$['a','b']`.
///
/// It is read once; looking up a value only walks.
package struct JSONPath: Hashable, Sendable {
    package let text: String
    let segments: [PathSegment]
    /// It leads to one place at most, so its value is not put into an array.
    package let isDefinite: Bool

    /// - Throws: where the text is no path.
    package init(_ text: String) throws(JSONPathError) {
        var parser = PathParser(text)
        self.init(text: text, segments: try parser.wholePath(root: "$"))
    }

    init(text: String, segments: [PathSegment]) {
        self.text = text
        self.segments = segments
        isDefinite = segments.enumerated().allSatisfy { place, segment in
            segment.isDefinite(isLast: place == segments.count - 1)
        }
    }

    /// One place at most: only names and indexes. What `ResultPath` and `Variable` want.
    package var isReference: Bool {
        segments.allSatisfy {
            switch $0 {
            case .name: true
            case .index(let index): index >= 0
            default: false
            }
        }
    }

    /// - Returns: the value of a definite path, or the array of what an indefinite one matches; `nil` when a definite path leads nowhere.
    package func value(in document: JSON) -> JSON? { value(in: document, root: document) }

    /// - Parameter root: what `$` is inside of filters.
    func value(in document: JSON, root: JSON) -> JSON? {
        var value = document
        for (place, segment) in segments.enumerated() {
            switch segment {
            case .name(let name):
                guard let member = value[name] else { return nil }
                value = member
            case .index(let index):
                guard let element = value.element(at: index) else { return nil }
                value = element
            case .names(let names) where place == segments.count - 1:
                guard let object = value.object else { return nil }
                value = object.picking(names)
            case .function(let function):
                guard let result = function.result(of: value, root: root) else { return nil }
                value = result
            default:
                return PathWalk(root: root).value(of: segments[place...], in: value)
            }
        }
        return value
    }
}

package struct JSONPathError: Error, Hashable, Sendable {
    package var message: String
    package init(_ message: String) { self.message = message }
}

extension JSON {
    /// - Parameter index: counted from the end when negative.
    func element(at index: Int) -> JSON? {
        guard let array else { return nil }
        let place = index < 0 ? array.count + index : index
        return array.indices.contains(place) ? array[place] : .none
    }
}

extension JSONObject {
    func picking(_ names: [String]) -> JSON {
        var picked = JSONObject()
        for name in names { if let value = self[name] { picked[name] = value } }
        return .object(picked)
    }
}
