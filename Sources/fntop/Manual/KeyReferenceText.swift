import Dashboard

/// The keys as the README and the manual page have them.
enum KeyReferenceText {
    static var markdown: String { KeyReference.markdown.trimmingNewlines }

    /// From the same table: headings and rows.
    static var roff: [String] {
        markdown.split(separator: "\n").flatMap { line -> [String] in
            if line.hasPrefix("### ") { return [".SS \(line.dropFirst(4))"] }
            let cells = line.split(separator: "|", omittingEmptySubsequences: true)
            guard line.hasPrefix("| `"), cells.count >= 2 else { return [] }
            let keys = cells.dropLast().joined(separator: "|").replacing("`", with: "").replacing("\\", with: "")
            let summary = cells.last.map(String.init) ?? ""
            return [".TP", ".B \(ManualPage.escaped(keys.trimmed))", ManualPage.escaped(summary.trimmed)]
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }

    fileprivate var trimmingNewlines: String {
        String(reversed().drop { $0 == "\n" }.reversed())
    }
}
