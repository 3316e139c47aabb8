import JSON

/// Mappings as files, one each, with how far they have come.
struct EventSourceShelf: Sendable {
    let directory: String

    init(directory: String) throws {
        self.directory = directory
        try Files.makeDirectory(directory)
    }

    func put(_ mapping: EventSourceMapping) throws(Files.Failure) {
        try Files.replace(path(mapping.id), with: mapping.record.bytes)
    }

    func remove(_ id: String) { Files.remove(path(id)) }

    /// All that can be read; a file that cannot is left where it is and named.
    func load() -> (mappings: [EventSourceMapping], unreadable: [String]) {
        var mappings: [EventSourceMapping] = []
        var unreadable: [String] = []
        for name in Files.names(in: directory) where name.hasSuffix(".json") {
            let path = "\(directory)/\(name)"
            let record = try? JSON(parsing: Files.read(path) ?? [])
            if let mapping = record.flatMap({ EventSourceMapping(record: $0) }) {
                mappings.append(mapping)
            } else {
                unreadable.append(path)
            }
        }
        return (mappings, unreadable)
    }

    private func path(_ id: String) -> String { "\(directory)/\(id).json" }
}
