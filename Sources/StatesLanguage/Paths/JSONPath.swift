package import JSON

/// A JSONPath as Step Functions has it: `$.a.b[0]`, `$..a`, `$.a[?(@.b > 1)]`, `$.a[1:3]`, `$['a','b']`.
package struct JSONPath: Hashable, Sendable {
    package let text: String

    /// - Throws: where the text is no path.
    package init(_ text: String) throws(JSONPathError) { self.text = text }

    /// One place at most: only names and indexes. What `ResultPath` and `Variable` want.
    package var isReference: Bool { false }

    /// - Returns: the value of a definite path, or the array of what an indefinite one matches; `nil` when a definite path leads nowhere.
    package func value(in document: JSON) -> JSON? { nil }

    /// The document with the value put at this reference path; objects on the way are made (what `ResultPath` does).
    package func inserting(_ value: JSON, into document: JSON) throws(JSONPathError) -> JSON { document }
}

package struct JSONPathError: Error, Hashable, Sendable {
    package var message: String
    package init(_ message: String) { self.message = message }
}
