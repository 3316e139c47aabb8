/// A key as the person pressed it.
package enum Key: Hashable, Sendable {
    case character(Character)
    /// Control and a letter, in lower case: `.control("c")`. Tab, Enter and Escape have cases of their own.
    case control(Character)
    /// Alt (sent as Escape and the key at once).
    case alt(Character)
    case enter, escape, tab, backTab, backspace, delete, insert
    case up, down, left, right, home, end, pageUp, pageDown
    case shiftLeft, shiftRight, shiftUp, shiftDown, controlLeft, controlRight
    /// F1 is `.function(1)`.
    case function(Int)
}

package struct MouseEvent: Hashable, Sendable {
    package enum Action: Hashable, Sendable {
        case press, release, drag, doubleClick, wheelUp, wheelDown
    }

    package var action: Action
    package var point: Point

    package init(_ action: Action, at point: Point) {
        self.action = action
        self.point = point
    }
}

/// What a terminal tells the program.
package enum TerminalEvent: Hashable, Sendable {
    case key(Key)
    case mouse(MouseEvent)
    /// Pasted text: never keys.
    case paste(String)
    case resize(Size)
    /// Back after Ctrl-Z and `fg`: draw everything again.
    case resumed
    /// The terminal is gone, or the program was asked to end by a signal.
    case closed
}
