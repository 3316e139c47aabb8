/// A thing that can be copied.
package struct CopyChoice: Hashable, Sendable {
    /// What it is, for the menu and the notice.
    package var title: String
    package var text: String
}

extension ChoiceMenu where Choice == CopyChoice {
    init(copying choices: [CopyChoice]) {
        let entries = zip("123456789", choices).map { key, choice in
            Entry(
                key: key, title: choice.title, detail: String(choice.text.prefix { !$0.isNewline }.prefix(60)),
                choice: choice)
        }
        self.init(title: "copy", choices: entries)
    }
}
