extension JSONTree {
    /// Opens or closes the selected value.
    package mutating func toggleSelected() {
        guard let row = selected else { return }
        toggle(row.path)
        select(row.path)
    }

    /// Opens the selected value, or goes to its first child when it is open.
    package mutating func openSelected() {
        guard let row = selected, !row.isClosing else { return }
        if row.isExpanded {
            cursor.move(by: 1, count: rowCount)
        } else {
            setExpanded(row.path, true)
        }
    }

    /// Closes the selected value, or goes to the one around it.
    package mutating func closeSelected() {
        guard let row = selected else { return }
        guard !row.isExpanded else {
            setExpanded(row.path, false)
            select(row.path)
            return
        }
        guard !row.path.isEmpty else { return }
        select(Array(row.path.dropLast()))
    }

    /// Selects a value, opening what is around it.
    package mutating func reveal(_ path: Path) {
        for level in 0..<path.count { setExpanded(Array(path.prefix(level)), true) }
        select(path)
    }

    /// Only of use for a path whose ancestors are open.
    private mutating func select(_ path: Path) {
        var index = 0
        for level in 0..<path.count {
            let parent = Array(path.prefix(level))
            let before = openChildren[parent]?.last(holding: { $0.index < path[level] })
            index += 1 + path[level] + (before.map { $0.extra + $0.height - 1 } ?? 0)
        }
        cursor.index = index
        cursor.clamp(count: rowCount)
    }

    /// Selects the next value whose name or text contains the words, without regard to case.
    ///
    /// - Parameters:
    ///   - limit: how many values are looked at, so that a key press stays quick on huge documents.
    /// - Returns: whether one was found.
    package mutating func find(_ words: String, forward: Bool = true, limit: Int = 200_000) -> Bool {
        let needle = words.lowercased()
        guard !needle.isEmpty else { return false }
        var matches: [Path] = []
        var left = limit
        collect(root, name: nil, [], needle, &matches, &left)
        guard !matches.isEmpty else { return false }
        let here = selected?.path ?? []
        let next =
            forward
            ? matches.first { here.lexicographicallyPrecedes($0) } ?? matches.first
            : matches.last { $0.lexicographicallyPrecedes(here) } ?? matches.last
        if let next { reveal(next) }
        return true
    }
}
