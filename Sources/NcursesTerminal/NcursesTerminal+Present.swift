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
        // Out of the actor for the while: each access to its properties costs more than a cell.
        var line = scratch
        scratch = []
        line.removeAll(keepingCapacity: true)
        var look: (style: Style, pair: Int32, attributes: UInt8)?
        for column in changed {
            let cell = unsafe row[column]
            let (pair, attributes): (Int32, UInt8)
            if let look, look.style == cell.style {
                (pair, attributes) = (look.pair, look.attributes)
            } else {
                (pair, attributes) = self.look(of: cell.style)
                look = (cell.style, pair, attributes)
            }
            line.append(
                cnc_cell(
                    scalar: cell.scalar, first_mark: cell.firstMark, second_mark: cell.secondMark, pair: pair,
                    attributes: attributes, width: cell.width))
        }
        // A wide character that does not fit at the edge.
        if changed.upperBound == row.count, let last = line.last, last.width == 2 {
            line[line.count - 1].scalar = 0x20
            line[line.count - 1].width = 1
        }
        unsafe cnc_put(Int32(clamping: changed.lowerBound), Int32(clamping: number), line, line.count)
        scratch = line
    }

    private func look(of style: Style) -> (pair: Int32, attributes: UInt8) {
        let reverse = pairs.isReversed(style.background) ? Style.Attributes.reverse.rawValue : 0
        return (pairs.pair(style), style.attributes.rawValue | reverse)
    }
}
