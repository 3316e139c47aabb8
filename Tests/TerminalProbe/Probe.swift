import Glibc
import NcursesTerminal
import Synchronization
import Terminal

/// Shows a frame and the events that come, so that tests can see the terminal from both sides.
@main
struct Probe {
    private static let shown = Mutex("ready")

    static func main() async {
        let palette = Palette { $0 == .background ? .rgb(16, 18, 24) : .rgb(200, 40 + $0.rawValue * 4, 120) }
        do {
            let terminal = try await NcursesTerminal.open(TerminalOptions(palette: palette))
            if CommandLine.arguments.contains("--bench") {
                let report = await bench(terminal)
                await terminal.restore()
                return print(report)
            }
            let other = Task { if CommandLine.arguments.contains("--busy") { await flicker(terminal) } }
            await run(terminal)
            other.cancel()
            await terminal.restore()
            if let signal = terminal.endingSignal { NcursesTerminal.end(by: signal) }
        } catch {
            print("error: \(error)")
            exit(1)
        }
    }

    private static func bench(_ terminal: NcursesTerminal) async -> String {
        let size = await terminal.size()
        let clock = ContinuousClock()
        var report = "\(size.columns)x\(size.rows)"
        for (name, changed) in [("all", size.columns * size.rows), ("few", 10)] {
            var frame = Frame(size)
            var times: [Duration] = []
            for round in 0..<200 {
                for place in 0..<changed {
                    let scalar = Unicode.Scalar(UInt8(97 + (place * 7 + round) % 26))
                    frame[(place * 13) % size.columns, (place / max(size.columns, 1)) % size.rows] = Cell(scalar)
                }
                let next = frame
                times.append(await clock.measure { await terminal.present(next) })
            }
            times.sort()
            report += " \(name)=\(times[100])"
        }
        return report
    }

    /// A frame every few milliseconds, below the line that shows the events.
    private static func flicker(_ terminal: NcursesTerminal) async {
        let size = await terminal.size()
        var count = 0
        while !Task.isCancelled {
            var frame = picture(size, shown.withLock { $0 })
            for column in 0..<size.columns {
                frame[column, 1] = Cell(Unicode.Scalar(UInt8(97 + (column + count) % 26)))
            }
            count += 1
            await terminal.present(frame)
            try? await Task.sleep(for: .milliseconds(4))
        }
    }

    private static func run(_ terminal: NcursesTerminal) async {
        var size = await terminal.size()
        var line = "ready"
        await terminal.present(picture(size, line))
        for await event in terminal.events {
            switch event {
            case .key(.character("q")), .key(.control("c")), .closed: return
            case .key(.control("z")): await terminal.suspend()
            case .key(.character("T")): trap()
            case .key(.character("S")): raise(SIGSEGV)
            case .key(.character("O")): await overflow()
            case .resize(let new): size = new
            default: line = "\(event)"
            }
            shown.withLock { $0 = line }
            await terminal.present(picture(size, line))
        }
    }

    private static func picture(_ size: Size, _ line: String) -> Frame {
        var frame = Frame(size, style: Style(.text))
        guard size.rows > 0 else { return frame }
        for (column, scalar) in line.unicodeScalars.enumerated() where column < size.columns {
            frame[column, 0] = Cell(scalar, style: Style(.accent))
        }
        return frame
    }

    private static func trap() {
        let empty: [Int] = Array(CommandLine.arguments.count..<CommandLine.arguments.count)
        print(empty[CommandLine.arguments.count])
    }

    @MainActor private static func overflow() {
        print(depth(1))
    }

    private static func depth(_ count: Int) -> Int {
        let below = count == .max ? 0 : depth(count + 1)
        return below &+ count
    }
}
