import JSON
import StatesLanguage

/// Rows of comma separated values (RFC 4180) as objects of strings.
struct CSVItems {
    /// `nil` takes them of the first row.
    private let names: [String]?
    private let delimiter: Character

    init(names: [String]) {
        self.names = names
        delimiter = ","
    }

    /// - Parameter configuration: `ReaderConfig`.
    init(_ configuration: JSON?) {
        let isGiven = configuration?["CSVHeaderLocation"]?.string == "GIVEN"
        names = isGiven ? configuration?["CSVHeaders"]?.array?.compactMap(\.string) ?? [] : nil
        delimiter =
            switch configuration?["CSVDelimiter"]?.string {
            case "PIPE": "|"
            case "SEMICOLON": ";"
            case "SPACE": " "
            case "TAB": "\t"
            default: ","
            }
    }

    func items(_ text: String) throws(TaskFailure) -> [JSON] {
        var rows = rows(text)
        var names = self.names ?? []
        if self.names == nil {
            guard let first = rows.first else { return [] }
            names = first
            rows.removeFirst()
        }
        return rows.map { row in
            .object(JSONObject(zip(names, row).map { ($0, .string($1)) }))
        }
    }

    /// Empty lines are no rows.
    private func rows(_ text: String) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var field = ""
        var isQuoted = false
        var rest = text[...]
        func closeRow() {
            row.append(field)
            if row != [""] { rows.append(row) }
            row = []
            field = ""
        }
        while let character = rest.popFirst() {
            if isQuoted {
                guard character == "\"" else {
                    field.append(character)
                    continue
                }
                if rest.first == "\"" { field.append(rest.removeFirst()) } else { isQuoted = false }
            } else if character == "\"", field.isEmpty {
                isQuoted = true
            } else if character == delimiter {
                row.append(field)
                field = ""
            } else if character.isNewline {
                closeRow()
            } else {
                field.append(character)
            }
        }
        closeRow()
        return rows
    }
}
