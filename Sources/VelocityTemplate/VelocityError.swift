/// Why a template cannot be read or did not end.
package struct VelocityError: Error, Hashable, Sendable, CustomStringConvertible {
    package let problem: String
    /// From 1 on; 0 for what happens while a template runs.
    package let line: Int

    package init(_ problem: String, line: Int = 0) {
        self.problem = problem
        self.line = line
    }

    package var description: String { line > 0 ? "\(problem) in line \(line)" : problem }
}
