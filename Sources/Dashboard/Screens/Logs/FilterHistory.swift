/// The filters that were used, to come back to.
struct FilterHistory: Hashable {
    private(set) var entries: [String] = []
    private var place: Int?
    /// What was being typed when the first older one was looked at.
    private var draft = ""
    private static let limit = 100

    mutating func remember(_ text: String) {
        place = nil
        guard !text.isEmpty, entries.last != text else { return }
        entries.removeAll { $0 == text }
        entries.append(text)
        if entries.count > Self.limit { entries.removeFirst() }
    }

    /// The one before; `nil` when there is none.
    mutating func older(than text: String) -> String? {
        let next = (place ?? entries.count) - 1
        guard entries.indices.contains(next) else { return nil }
        if place == nil { draft = text }
        place = next
        return entries[next]
    }

    mutating func newer() -> String? {
        guard let current = place else { return nil }
        place = current + 1 < entries.count ? current + 1 : nil
        return place.map { entries[$0] } ?? draft
    }
}
