/// Why an expression could not be read or evaluated.
package struct JSONataError: Error, Hashable, Sendable, CustomStringConvertible {
    /// As the reference implementation numbers them: `S0201`, `T2001`, `D3030`; `U1001` when a limit was reached.
    package var code: String
    package var message: String
    /// Bytes of UTF-8 from the beginning of the expression; `nil` where no place is known.
    package var position: Int?

    package init(_ code: String, _ message: String, at position: Int? = nil) {
        self.code = code
        self.message = message
        self.position = position
    }

    package var description: String { message }
}
