import Glibc
import JSON

/// APIs as files of a folder, one each, replaced whole.
struct APIFiles: Sendable {
    let folder: String

    init(folder: String) {
        self.folder = folder
        mkdir(folder, 0o700)
    }

    func write(_ document: Document) {
        let bytes = document.stored.bytes
        let path = self.path(document.id)
        let draft = path + ".new"
        guard let file = fopen(draft, "w") else { return }
        let count = bytes.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
        let isWhole = fclose(file) == 0 && count == bytes.count
        if isWhole { rename(draft, path) } else { unlink(draft) }
    }

    func remove(_ id: String) { unlink(path(id)) }

    private func path(_ id: String) -> String { "\(folder)/\(id).json" }

    /// - Returns: what could be read, and the paths of what could not.
    func read() -> ([Document], unreadable: [String]) {
        var documents: [Document] = []
        var unreadable: [String] = []
        guard let entries = opendir(folder) else { return ([], []) }
        defer { closedir(entries) }
        while let entry = readdir(entries) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { buffer in
                String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name.hasSuffix(".json") else { continue }
            let path = "\(folder)/\(name)"
            if let bytes = Self.content(path), let json = try? JSON(parsing: bytes),
                let document = Document(stored: json)
            {
                documents.append(document)
            } else {
                unreadable.append(path)
            }
        }
        return (documents, unreadable)
    }

    private static func content(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            guard count > 0 else { return ferror(file) == 0 ? bytes : nil }
            bytes += buffer[..<count]
        }
    }
}
