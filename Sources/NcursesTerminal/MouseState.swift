import Glibc
import Terminal

/// Turns reports of the mouse (SGR, mode 1006) into events; knows the last press, to see a double click.
struct MouseState {
    private static let doubleClickMilliseconds = 400
    private var lastPress: (point: Point, milliseconds: Int)?

    /// - Parameter numbers: button and modifiers, column and row from 1.
    mutating func event(_ numbers: [Int], isRelease: Bool) -> MouseEvent? {
        guard numbers.count == 3, numbers[1] > 0, numbers[2] > 0 else { return nil }
        let point = Point(column: numbers[1] - 1, row: numbers[2] - 1)
        let button = numbers[0] & ~0b11100
        switch button {
        case 64: return MouseEvent(.wheelUp, at: point)
        case 65: return MouseEvent(.wheelDown, at: point)
        case 32: return MouseEvent(.drag, at: point)
        case 0: return isRelease ? MouseEvent(.release, at: point) : press(point)
        default: return nil
        }
    }

    private mutating func press(_ point: Point) -> MouseEvent {
        let now = Self.milliseconds()
        if let last = lastPress, last.point == point, now - last.milliseconds < Self.doubleClickMilliseconds {
            lastPress = nil
            return MouseEvent(.doubleClick, at: point)
        }
        lastPress = (point, now)
        return MouseEvent(.press, at: point)
    }

    private static func milliseconds() -> Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }
}
