import CNcurses
import Glibc
package import Terminal

extension NcursesTerminal {
    package func present(_ frame: Frame) {
        guard isOpen else { return }
        let previous = shown?.size == frame.size ? shown : nil
        if previous == nil { cnc_erase() }
        let size = size()
        let columns = min(frame.size.columns, size.columns)
        var hasChanged = previous == nil || previous?.cursor != frame.cursor
        for row in 0..<min(frame.size.rows, size.rows) where columns > 0 {
            hasChanged = send(row, of: frame, unlike: previous, columns: columns) || hasChanged
        }
        guard hasChanged else { return }
        shown = frame
        let cursor = frame.cursor.flatMap { Rect(size).contains($0) ? $0 : nil }
        cnc_flush(Int32(clamping: cursor?.column ?? -1), Int32(clamping: cursor?.row ?? 0), isSynchronized ? 1 : 0)
    }

    /// Hands the part of the row that has changed to ncurses, never half a wide character.
    ///
    /// - Returns: whether anything has.
    private func send(_ row: Int, of frame: Frame, unlike previous: Frame?, columns: Int) -> Bool {
        let cells = (row * frame.size.columns)..<(row * frame.size.columns + columns)
        return unsafe frame.cells.span.extracting(cells).withUnsafeBufferPointer { new in
            guard let previous else {
                unsafe put(new, 0..<columns, row)
                return true
            }
            return unsafe previous.cells.span.extracting(cells).withUnsafeBufferPointer { old in
                guard let changed = unsafe Self.changed(new, old) else { return false }
                unsafe put(new, changed, row)
                return true
            }
        }
    }

    /// From the first to the last column that differs, with the left half of a wide character.
    private static func changed(_ new: UnsafeBufferPointer<Cell>, _ old: UnsafeBufferPointer<Cell>) -> Range<Int>? {
        guard let newBytes = new.baseAddress, let oldBytes = old.baseAddress else { return nil }
        // A cell has no padding, so that equal cells are equal bytes.
        let size = MemoryLayout<Cell>.stride
        guard unsafe memcmp(newBytes, oldBytes, new.count * size) != 0 else { return nil }
        var first = 0
        var end = new.count
        while first < end, unsafe memcmp(newBytes + first, oldBytes + first, size) == 0 { first += 1 }
        while end > first, unsafe memcmp(newBytes + end - 1, oldBytes + end - 1, size) == 0 { end -= 1 }
        if unsafe first > 0 && (new[first].width == 0 || old[first].width == 0) { first -= 1 }
        return first..<end
    }

    private func put(_ row: UnsafeBufferPointer<Cell>, _ changed: Range<Int>, _ number: Int) {
        scratch.removeAll(keepingCapacity: true)
        for column in changed { scratch.append(unsafe converted(row[column])) }
        // A wide character that does not fit at the edge.
        if changed.upperBound == row.count, let last = scratch.last, last.width == 2 {
            scratch[scratch.count - 1].scalar = 0x20
            scratch[scratch.count - 1].width = 1
        }
        unsafe cnc_put(Int32(clamping: changed.lowerBound), Int32(clamping: number), scratch, scratch.count)
    }

    private func converted(_ cell: Cell) -> cnc_cell {
        let isReversed = pairs.isReversed(cell.style.background)
        return cnc_cell(
            scalar: cell.scalar,
            first_mark: cell.firstMark,
            second_mark: cell.secondMark,
            pair: pairs.pair(cell.style),
            attributes: cell.style.attributes.rawValue | (isReversed ? Style.Attributes.reverse.rawValue : 0),
            width: cell.width
        )
    }
}
