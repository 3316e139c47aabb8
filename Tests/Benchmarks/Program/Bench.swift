import Glibc
import JSON

/// Measures what happens inside the process, and prints a line `name value` for each row.
///
/// `fntop-bench CORPUS-FILE [LINES]` measures frames and logs, and writes the lines that it searches to the file, so that other
/// programs can be measured on the same ones. `fntop-bench insights` measures queries over the log, `fntop-bench states` measures the states language, and `fntop-bench samples`
/// prints the expressions of that as JSON.
@main
struct Bench {
    private static let usualLines = 5_000_000

    static func main() async {
        let words = CommandLine.arguments.dropFirst()
        guard let path = words.first else {
            end("usage: fntop-bench CORPUS-FILE [LINES] | insights | states | samples", status: 2)
        }
        if path == "samples" { return print(ExpressionSamples.json.text) }
        let lines = words.dropFirst().first.flatMap { Int($0) } ?? usualLines
        do {
            let rows =
                path == "states"
                ? try await StatesBench.rows() + GraphBench.rows() + TraceBench.rows()
                : path == "insights"
                    ? try await InsightsBench.rows()
                    : try await FrameBench.rows() + LogBench.rows(path: path, lines: max(lines, 100_000))
            for row in rows {
                print(row.name, row.value)
            }
        } catch {
            end("\(error)", status: 1)
        }
    }

    private static func end(_ reason: String, status: Int32) -> Never {
        let bytes = Array("\(reason)\n".utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
        exit(status)
    }
}

struct Row {
    var name: String
    var value: Double
}

struct BenchError: Error, CustomStringConvertible {
    let description: String
}

extension Duration {
    var milliseconds: Double { self / .milliseconds(1) }
}

extension [Double] {
    /// 0 when there is none.
    var median: Double { isEmpty ? 0 : sorted()[count / 2] }
}
