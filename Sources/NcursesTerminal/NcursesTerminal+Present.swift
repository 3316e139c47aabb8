import CNcurses
package import Terminal

extension NcursesTerminal {
    package func present(_ frame: Frame) {
        guard isOpen, frame != shown else { return }
        let previous = shown?.size == frame.size ? shown : nil
        if previous == nil { cnc_erase() }
        let size = size()
        for row in 0..<min(frame.size.rows, size.rows) {
            send(row, of: frame, unlike: previous, columns: min(frame.size.columns, size.columns))
        }
        shown = frame
        let cursor = frame.cursor.flatMap { Rect(size).contains($0) ? $0 : nil }
        cnc_flush(Int32(clamping: cursor?.column ?? -1), Int32(clamping: cursor?.row ?? 0), isSynchronized ? 1 : 0)
    }

    /// Hands the part of the row that has changed to ncurses, never half a wide character.
    private func send(_ row: Int, of frame: Frame, unlike previous: Frame?, columns: Int) {
        let start = row * frame.size.columns
        let new = frame.cells
        let old = previous?.cells
        guard columns > 0 else { return }
        var changed = 0..<columns
        if let old {
            guard let first = changed.first(where: { new[start + $0] != old[start + $0] }),
                let last = changed.last(where: { new[start + $0] != old[start + $0] })
            else { return }
            changed = first..<(last + 1)
        }
        let left = changed.lowerBound
        let isHalf = left > 0 && (new[start + left].width == 0 || old?[start + left].width == 0)
        if isHalf { changed = (left - 1)..<changed.upperBound }
        var cells = changed.map { converted(new[start + $0]) }
        // A wide character that does not fit at the edge.
        if changed.upperBound == columns, cells.last?.width == 2 {
            cells[cells.count - 1].scalar = 0x20
            cells[cells.count - 1].width = 1
        }
        unsafe cnc_put(Int32(clamping: changed.lowerBound), Int32(clamping: row), cells, cells.count)
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
