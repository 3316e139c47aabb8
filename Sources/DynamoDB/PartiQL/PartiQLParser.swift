import AWSCore
import JSON

/// A recursive descent over the tokens of a statement.
struct PartiQLParser {
    private let tokens: [PartiQLToken]
    private var index = 0
    private var parameters: [AttributeValue]
    private var used = 0
    private var depth = 0

    private static let deepest = 64

    /// - Throws: `ValidationException` for what is no statement, or too few or many parameters.
    static func statement(_ json: JSON) throws(ServiceError) -> PartiQLStatement {
        guard let source = json["Statement"]?.string else { throw .missing("statement") }
        var parameters: [AttributeValue] = []
        if let list = json["Parameters"]?.array {
            guard !list.isEmpty else {
                throw .validation(
                    "1 validation error detected: Value '[]' at 'parameters' failed to satisfy constraint: Member must have length "
                        + "greater than or equal to 1")
            }
            for value in list { parameters.append(try AttributeValue(value)) }
        }
        var parser = PartiQLParser(tokens: try PartiQLTokens.split(source), parameters: parameters)
        let statement = try parser.statement()
        _ = parser.take(symbol: ";")
        guard parser.current == .end else { throw parser.unexpected() }
        guard parser.used == parameters.count else {
            throw .validation("Number of parameters in request and statement don't match.")
        }
        return statement
    }

    private init(tokens: [PartiQLToken], parameters: [AttributeValue]) {
        self.tokens = tokens
        self.parameters = parameters
    }

    // MARK: Tokens

    var current: PartiQLToken.Kind { tokens[min(index, tokens.count - 1)].kind }
    var next: PartiQLToken.Kind { tokens[min(index + 1, tokens.count - 1)].kind }

    mutating func advance() { index += 1 }
    mutating func back() { index -= 1 }

    func unexpected() -> ServiceError {
        let token = tokens[min(index, tokens.count - 1)]
        switch token.kind {
        case .end: return .malformed("the statement ends too early")
        case .word(let text), .quoted(let text), .text(let text), .number(let text), .symbol(let text):
            return .malformed("unexpected \(text) at \(token.offset + 1)")
        }
    }

    func isWord(_ word: String) -> Bool {
        guard case .word(let text) = current else { return false }
        return text.uppercased() == word
    }

    mutating func take(word: String) -> Bool {
        guard isWord(word) else { return false }
        advance()
        return true
    }

    mutating func take(symbol: String) -> Bool {
        guard current == .symbol(symbol) else { return false }
        advance()
        return true
    }

    mutating func expect(word: String) throws(ServiceError) {
        guard take(word: word) else { throw unexpected() }
    }

    mutating func expect(symbol: String) throws(ServiceError) {
        guard take(symbol: symbol) else { throw unexpected() }
    }

    mutating func nested<Result>(
        _ body: (inout PartiQLParser) throws(ServiceError) -> Result
    ) throws(ServiceError) -> Result {
        guard depth < Self.deepest else { throw .malformed("it is nested more than \(Self.deepest) deep") }
        depth += 1
        defer { depth -= 1 }
        return try body(&self)
    }

    mutating func parameter() throws(ServiceError) -> AttributeValue {
        guard used < parameters.count else {
            throw .validation("Number of parameters in request and statement don't match.")
        }
        defer { used += 1 }
        return parameters[used]
    }

    // MARK: Statements

    private mutating func statement() throws(ServiceError) -> PartiQLStatement {
        if isWord("SELECT") { return .select(try select()) }
        if take(word: "INSERT") { return try insert() }
        if take(word: "UPDATE") { return try update() }
        if take(word: "DELETE") { return try delete() }
        guard take(word: "EXISTS") else { throw unexpected() }
        try expect(symbol: "(")
        let select = try select()
        try expect(symbol: ")")
        return .exists(select)
    }

    private mutating func select() throws(ServiceError) -> PartiQLStatement.Select {
        try expect(word: "SELECT")
        var paths: [DocumentPath]?
        if !take(symbol: "*") {
            var list = [try path()]
            while take(symbol: ",") { list.append(try path()) }
            paths = list
        }
        try expect(word: "FROM")
        var select = PartiQLStatement.Select(table: try tableName(), paths: paths)
        if take(symbol: ".") { select.index = try name() }
        if take(word: "WHERE") { select.condition = try condition() }
        guard take(word: "ORDER") else { return select }
        try expect(word: "BY")
        repeat {
            let name = try name()
            let isDescending = take(word: "DESC")
            if !isDescending { _ = take(word: "ASC") }
            // The partition key may be named too: it is the same for all.
            select.order = (name, isDescending)
        } while take(symbol: ",")
        return select
    }

    private mutating func tableName() throws(ServiceError) -> String { try Tables.name(try name()) }

    private mutating func insert() throws(ServiceError) -> PartiQLStatement {
        try expect(word: "INTO")
        let table = try tableName()
        try expect(word: "VALUE")
        guard case .map(let item) = try value() else {
            throw .malformed("what is inserted must be a map: {'name': value}")
        }
        return .insert(table: table, item: item)
    }

    private mutating func update() throws(ServiceError) -> PartiQLStatement {
        var change = PartiQLStatement.Change(table: try tableName())
        var update = Update()
        while true {
            if take(word: "SET") {
                repeat { update.actions.append(try assignment()) } while take(symbol: ",")
            } else if take(word: "REMOVE") {
                repeat { update.actions.append((try path(), .remove)) } while take(symbol: ",")
            } else {
                break
            }
        }
        guard !update.actions.isEmpty else { throw unexpected() }
        change.condition = try place()
        change.returns = try returning()
        return .update(change, update)
    }

    private mutating func delete() throws(ServiceError) -> PartiQLStatement {
        try expect(word: "FROM")
        var change = PartiQLStatement.Change(table: try tableName())
        change.condition = try place()
        change.returns = try returning()
        guard ["NONE", "ALL_OLD"].contains(change.returns) else {
            throw .malformed("DELETE can only return ALL OLD *")
        }
        return .delete(change)
    }

    private mutating func place() throws(ServiceError) -> Condition? {
        guard take(word: "WHERE") else { return nil }
        return try condition()
    }

    private mutating func returning() throws(ServiceError) -> String {
        guard take(word: "RETURNING") else { return "NONE" }
        let isAll = take(word: "ALL")
        if !isAll { try expect(word: "MODIFIED") }
        let isOld = take(word: "OLD")
        if !isOld { try expect(word: "NEW") }
        try expect(symbol: "*")
        return "\(isAll ? "ALL" : "UPDATED")_\(isOld ? "OLD" : "NEW")"
    }

    private mutating func assignment() throws(ServiceError) -> (DocumentPath, Update.Action) {
        let path = try path()
        try expect(symbol: "=")
        for (function, isAdd) in [("SET_ADD", true), ("SET_DELETE", false)] where isWord(function) {
            advance()
            try expect(symbol: "(")
            guard try self.path() == path else { throw .malformed("\(function.lowercased()) must name what is set") }
            try expect(symbol: ",")
            let value = try value()
            try expect(symbol: ")")
            guard ["SS", "NS", "BS"].contains(value.kind) || isAdd && value.kind == "N" else {
                throw .malformed("\(function.lowercased()) takes a set")
            }
            return (path, isAdd ? .add(value) : .delete(value))
        }
        return (path, .set(try sum()))
    }
}
