import Terminal

/// All keys as a table, for the README and the manual page.
package enum KeyReference {
    package static var markdown: String {
        let sections: [(String, [KeyEntry])] = [
            ("Everywhere", GlobalCommand.keys.entries), ("Functions", FunctionsScreen.keys.entries),
            ("A function", FunctionScreen.keys.entries), ("Logs", LogsScreen.keys.entries),
            ("A log line", LogLineScreen.keys.entries), ("An invocation", InvocationScreen.keys.entries),
            ("Calling a function", InvokeScreen.keys.entries),
        ]
        return sections.map { title, entries in
            let rows = entries.map { entry in
                let keys = entry.keys.map { "`\($0.name())`" }.joined(separator: " ")
                return "| \(keys.replacing("|", with: "\\|")) | \(entry.summary) |"
            }
            return "### \(title)\n\n| keys | do |\n| --- | --- |\n" + rows.joined(separator: "\n")
        }
        .joined(separator: "\n\n") + "\n"
    }
}
