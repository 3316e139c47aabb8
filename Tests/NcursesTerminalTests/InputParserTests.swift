import Terminal
import Testing

@testable import NcursesTerminal

@Suite struct InputParserTests {
    static let sequences: [(String, TerminalEvent)] = [
        ("a", .key(.character("a"))), ("é", .key(.character("é"))), ("日", .key(.character("日"))),
        ("\u{3}", .key(.control("c"))), ("\r", .key(.enter)), ("\u{7F}", .key(.backspace)), ("\t", .key(.tab)),
        ("\u{1B}x", .key(.alt("x"))), ("\u{1B}[A", .key(.up)), ("\u{1B}OA", .key(.up)), ("\u{1B}[Z", .key(.backTab)),
        ("\u{1B}[1;5D", .key(.controlLeft)), ("\u{1B}[1;2C", .key(.shiftRight)), ("\u{1B}[3~", .key(.delete)),
        ("\u{1B}OP", .key(.function(1))), ("\u{1B}[[B", .key(.function(2))), ("\u{1B}[24~", .key(.function(12))),
        ("\u{1B}[5~", .key(.pageUp)), ("\u{1B}[H", .key(.home)), ("\u{1B}[8~", .key(.end)),
        ("\u{1B}[<0;300;20M", .mouse(MouseEvent(.press, at: Point(column: 299, row: 19)))),
        ("\u{1B}[<0;1;1m", .mouse(MouseEvent(.release, at: Point(column: 0, row: 0)))),
        ("\u{1B}[<32;2;1M", .mouse(MouseEvent(.drag, at: Point(column: 1, row: 0)))),
        ("\u{1B}[<65;2;1M", .mouse(MouseEvent(.wheelDown, at: Point(column: 1, row: 0)))),
        ("\u{1B}[200~q\u{1B}[A\u{1B}[201~", .paste("q\u{1B}[A")),
    ]

    @Test(arguments: sequences.indices) func readsASequenceByteByByte(_ index: Int) {
        let (text, event) = Self.sequences[index]
        var parser = InputParser()
        let outputs = text.utf8.flatMap { parser.feed([$0]) }
        #expect(outputs == [.event(event)])
        #expect(!parser.isWaiting)
    }

    @Test func keepsTheAnswerOfTheTerminalOutOfTheKeys() {
        var parser = InputParser()
        #expect(parser.feed("\u{1B}[?2026;2$yx".utf8) == [.synchronizedOutput(true), .event(.key(.character("x")))])
    }

    @Test func takesALoneEscapeForTheKeyOnlyWhenNothingFollows() {
        var parser = InputParser()
        #expect(parser.feed([0x1B]).isEmpty)
        #expect(parser.flush() == [.event(.key(.escape))])
    }

    @Test func seesADoubleClick() {
        var parser = InputParser()
        let outputs = parser.feed("\u{1B}[<0;1;1M\u{1B}[<0;1;1m\u{1B}[<0;1;1M".utf8)
        #expect(outputs.last == .event(.mouse(MouseEvent(.doubleClick, at: Point(column: 0, row: 0)))))
    }

    @Test func survivesAnyBytes() {
        var random = SystemRandomNumberGenerator()
        var parser = InputParser()
        for _ in 0..<2_000 {
            _ = parser.feed((0..<50).map { _ in UInt8.random(in: 0...255, using: &random) } + [0x1B, 0x5B])
            _ = parser.flush()
        }
    }
}
