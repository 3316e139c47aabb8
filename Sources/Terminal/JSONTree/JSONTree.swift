package import JSON

/// A JSON value that opens and closes, with one row selected.
///
/// Only rows that are asked for are made: each value knows how many rows it takes, so a document of millions of values
/// costs what is on the screen, and counting when something opens.
package struct JSONTree: Sendable {
    /// A place in a document: the index of the member or element at each level.
    package typealias Path = [Int]

    package let root: JSON
    package private(set) var expanded: Set<Path>
    package var cursor = ListCursor()
    /// The rows that open values take, by path; kept as long as nothing opens or closes.
    private(set) var heights: [Path: Int] = [:]
    /// Of each open value the children that are open, in order.
    private(set) var openChildren: [Path: [OpenChild]] = [:]
    package private(set) var rowCount = 1

    /// - Parameter depth: how many levels are open at first.
    package init(_ root: JSON, expandedTo depth: Int = 1) {
        self.root = root
        expanded = []
        expand(root, [], depth: depth)
        remeasure()
    }

    /// Not more is opened at once; a person opens the rest where it matters.
    private static let maximumExpansion = 2000

    private mutating func expand(_ value: JSON, _ path: Path, depth: Int) {
        guard depth > 0, value.childCount > 0, expanded.count < Self.maximumExpansion else { return }
        expanded.insert(path)
        guard depth > 1 else { return }
        for index in 0..<min(value.childCount, Self.maximumExpansion) {
            guard let child = value.child(index) else { continue }
            expand(child, path + [index], depth: depth - 1)
        }
    }

    package mutating func toggle(_ path: Path) {
        setExpanded(path, !expanded.contains(path))
    }

    package mutating func setExpanded(_ path: Path, _ isExpanded: Bool) {
        guard let value = value(at: path), value.childCount > 0 else { return }
        if isExpanded { expanded.insert(path) } else { expanded.remove(path) }
        remeasure()
    }

    package mutating func expandAll(depth: Int = 32) {
        expand(root, [], depth: depth)
        remeasure()
    }

    package mutating func collapseAll() {
        expanded = []
        cursor = ListCursor()
        remeasure()
    }

    package func value(at path: Path) -> JSON? {
        var value = root
        for index in path {
            guard let child = value.child(index) else { return nil }
            value = child
        }
        return value
    }

    /// The rows of an open value: its first, its children's and its closing bracket.
    private mutating func remeasure() {
        heights = [:]
        // Deepest first, so that each adds to the one above.
        for path in expanded.sorted(by: { $0.count > $1.count }) {
            guard isShown(path), let value = value(at: path) else { continue }
            heights[path] = (heights[path] ?? 0) + value.childCount + 2
            guard let own = heights[path], !path.isEmpty else { continue }
            // In the one above it took one row while closed.
            heights[Array(path.dropLast()), default: 0] += own - 1
        }
        listOpenChildren()
        rowCount = heights[[]] ?? 1
        cursor.clamp(count: rowCount)
    }

    private mutating func listOpenChildren() {
        openChildren = [:]
        // In order, so that each list is sorted by index.
        for path in heights.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            guard let index = path.last, let height = heights[path] else { continue }
            let parent = Array(path.dropLast())
            let before = openChildren[parent]?.last.map { $0.extra + $0.height - 1 } ?? 0
            openChildren[parent, default: []].append(OpenChild(index: index, extra: before, height: height))
        }
    }

    private func isShown(_ path: Path) -> Bool {
        (0..<path.count).allSatisfy { expanded.contains(Array(path.prefix($0))) }
    }
}

/// An open child of an open value.
struct OpenChild: Sendable {
    let index: Int
    /// How many rows the open children before it take more than the one of a closed child.
    let extra: Int
    let height: Int

    /// Its first row, counted from the first row of the first child.
    var start: Int { index + extra }
}

extension [OpenChild] {
    /// The last one for which the condition holds; it must hold for a first part of the list only.
    func last(holding condition: (OpenChild) -> Bool) -> OpenChild? {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if condition(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? self[low - 1] : nil
    }
}
