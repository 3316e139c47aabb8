import ArgumentParser
import Glibc
import NcursesTerminal

/// Parses, runs, and ends with the exit codes that the manual lists.
@main
enum Program {
    static func main() async {
        signal(SIGPIPE, SIG_IGN)
        DiagnosticsLog.begin()
        do {
            var command = try Fntop.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            exit(ExitStatus.done.rawValue)
        } catch let failure as Failure {
            Console.complain(failure.message)
            exit(failure.status.rawValue)
        } catch let ended as Ended {
            NcursesTerminal.end(by: ended.signal)
            exit(ExitStatus.interrupted.rawValue)
        } catch is CancellationError {
            exit(ExitStatus.interrupted.rawValue)
        } catch {
            end(with: error)
        }
    }

    /// Help and version are no errors; what was typed wrong is.
    private static func end(with error: any Error) -> Never {
        let text = Fntop.fullMessage(for: error)
        guard Fntop.exitCode(for: error) != .success else {
            Console.say(text)
            exit(ExitStatus.done.rawValue)
        }
        if !text.isEmpty { Console.complain(text) }
        exit(ExitStatus.wrongUsage.rawValue)
    }
}
