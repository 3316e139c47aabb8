/// Which extensions there are and what they wait for: the Extensions API as a value.
struct ExtensionsMachine: Hashable {
    enum Event: String, Hashable, CaseIterable {
        case invoke = "INVOKE"
        case shutdown = "SHUTDOWN"
    }

    struct Extension: Hashable {
        let identifier: String
        let name: String
        let isExternal: Bool
        let events: Set<Event>
        /// It asked for the next event and has none.
        var isWaiting = false
    }

    struct Refusal: Error, Hashable {
        var type: String
        var message: String
    }

    static let limit = 10

    /// File names of the external ones.
    let external: Set<String>
    private(set) var extensions: [Extension] = []
    private(set) var isOpen = true

    init(external: Set<String> = []) {
        self.external = external
    }

    var allExternalRegistered: Bool { external.isSubset(of: extensions.map(\.name)) }
    /// Init ends only when each of them asked for its first event; an invocation, when those told of it ask again.
    var areAllWaiting: Bool { extensions.allSatisfy(\.isWaiting) }
    var isEmpty: Bool { extensions.isEmpty && external.isEmpty }

    mutating func register(_ name: String, events: [String], identifier: String) throws(Refusal) {
        guard !name.isEmpty, name.utf8.count <= 128 else {
            throw Refusal(type: "Extension.InvalidExtensionName", message: "Empty extension name")
        }
        guard isOpen else {
            throw Refusal(type: "Extension.RegistrationClosed", message: "Extension registration closed already")
        }
        guard !extensions.contains(where: { $0.name == name }) else {
            throw Refusal(
                type: "Extension.InvalidExtensionState", message: "The extension \(name) is registered already")
        }
        guard extensions.count < Self.limit else {
            throw Refusal(
                type: "Extension.TooManyExtensions", message: "Extension limit (\(Self.limit)) reached")
        }
        let isExternal = external.contains(name)
        var wanted: Set<Event> = []
        for text in events {
            guard let event = Event(rawValue: text), isExternal || event == .invoke else {
                throw Refusal(
                    type: "Extension.InvalidEventType",
                    message: isExternal
                        ? "Invalid event: \(text)" : "\(text) event is not supported for internal extensions")
            }
            wanted.insert(event)
        }
        extensions.append(Extension(identifier: identifier, name: name, isExternal: isExternal, events: wanted))
    }

    func find(_ identifier: String?) throws(Refusal) -> Extension {
        guard let identifier else {
            throw Refusal(
                type: "Extension.MissingExtensionIdentifier", message: "Missing Lambda-Extension-Identifier header")
        }
        guard identifier.utf8.count == 36 else {
            throw Refusal(
                type: "Extension.InvalidExtensionIdentifier", message: "Invalid Lambda-Extension-Identifier")
        }
        guard let found = extensions.first(where: { $0.identifier == identifier }) else {
            throw Refusal(
                type: "Extension.UnknownExtensionIdentifier", message: "Unknown extension \(identifier)")
        }
        return found
    }

    /// It waits for an event from here on.
    mutating func next(_ identifier: String?) throws(Refusal) -> Extension {
        let found = try find(identifier)
        guard let place = extensions.firstIndex(of: found) else { return found }
        extensions[place].isWaiting = true
        return extensions[place]
    }

    mutating func close() { isOpen = false }

    /// - Returns: whom to tell.
    mutating func begin(_ event: Event) -> [Extension] {
        var told: [Extension] = []
        for place in extensions.indices where extensions[place].events.contains(event) {
            guard extensions[place].isWaiting else { continue }
            extensions[place].isWaiting = false
            told.append(extensions[place])
        }
        return told
    }
}
