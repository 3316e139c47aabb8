/// How well a few typed letters fit a name: letters in order, at best at the starts of words and side by side.
package struct FuzzyMatch: Hashable, Sendable {
    package let score: Int
    /// Which characters of the name matched, in order; for showing them.
    package let positions: [Int]

    /// Longer names and patterns are not looked at beyond this.
    private static let maximumCount = 200

    /// - Returns: `nil` when a letter of the pattern is not in the name. Spaces in the pattern are skipped; case counts
    ///   only for the score.
    package init?(_ pattern: String, in name: String) {
        let wanted = Array(pattern.filter { $0 != " " }.prefix(Self.maximumCount))
        let letters = Array(name.prefix(Self.maximumCount))
        guard !wanted.isEmpty else {
            score = 0
            positions = []
            return
        }
        guard wanted.count <= letters.count else { return nil }
        guard let best = Self.best(wanted, letters) else { return nil }
        score = best.score - letters.count / 8
        positions = best.positions
    }

    /// The best of all ways to match, by the scores of the ways that end at each letter.
    private static func best(_ wanted: [Character], _ letters: [Character]) -> (score: Int, positions: [Int])? {
        let lowered = letters.map(folded)
        let impossible = Int.min / 2
        var previous: [Int] = []
        var origins: [[Int]] = []
        for (turn, letter) in wanted.enumerated() {
            let low = folded(letter)
            var scores = Array(repeating: impossible, count: letters.count)
            var from = Array(repeating: -1, count: letters.count)
            // The best end of the pattern so far that lies at least one letter back.
            var reached = (score: impossible, place: -1)
            for place in letters.indices {
                if turn > 0, place >= 2, previous[place - 2] > reached.score {
                    reached = (previous[place - 2], place - 2)
                }
                guard lowered[place] == low else { continue }
                let own = value(of: place, in: letters) + (letters[place] == letter ? 1 : 0)
                guard turn > 0 else {
                    scores[place] = own - min(place, 10)
                    continue
                }
                let apart = reached.score - 2
                let adjacent = place > 0 ? previous[place - 1] + 8 : impossible
                guard max(apart, adjacent) > impossible / 2 else { continue }
                scores[place] = own + max(apart, adjacent)
                from[place] = adjacent >= apart ? place - 1 : reached.place
            }
            previous = scores
            origins.append(from)
        }
        guard let end = previous.indices.max(by: { previous[$0] < previous[$1] }), previous[end] > impossible / 2 else {
            return nil
        }
        var positions: [Int] = []
        var place = end
        for from in origins.reversed() where place >= 0 {
            positions.append(place)
            place = from[place]
        }
        return (previous[end], positions.reversed())
    }

    /// The same for small and capital letters.
    private static func folded(_ letter: Character) -> UInt32 {
        if let ascii = letter.asciiValue { return UInt32(ascii &- 0x41 < 26 ? ascii | 0x20 : ascii) }
        guard let scalar = letter.unicodeScalars.first else { return 0 }
        return scalar.properties.lowercaseMapping.unicodeScalars.first?.value ?? scalar.value
    }

    /// Starts of words count more: after a separator, or a capital after a small letter.
    private static func value(of place: Int, in letters: [Character]) -> Int {
        guard place > 0 else { return 12 }
        let before = letters[place - 1]
        if !before.isLetter, !before.isNumber { return 10 }
        return letters[place].isUppercase && before.isLowercase ? 8 : 2
    }
}
