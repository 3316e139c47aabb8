import ArgumentParser

struct Manual: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints the manual page (roff), or the keys as a Markdown table.",
        discussion: "To read it without installing: fntop manual | man -l -"
    )

    @Flag(help: "The keys of every screen as Markdown, as the README has them.")
    var keys = false

    func run() throws {
        Console.say(keys ? KeyReferenceText.markdown : try ManualPage(dump: Fntop._dumpHelp()).roff)
    }
}
