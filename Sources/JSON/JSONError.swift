/// Why text is not JSON.
package struct JSONError: Error, Hashable, CustomStringConvertible {
    package let problem: String
    /// The byte where it went wrong, counted from 0.
    package let offset: Int

    package var description: String { "\(problem) at byte \(offset)" }
}
