/// Why an archive is not taken.
enum ZipError: Error, Hashable {
    case notAnArchive
    case damaged(String)
    /// An absolute path, `..`, or a link: the entry would land outside its folder.
    case unsafePath(String)
    case tooManyEntries
    case tooLarge(limit: Int)
    case unsupported(String)
}
