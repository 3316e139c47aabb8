import Telemetry

/// The most frequent keys of a stream in bounded memory (Metwally and others, "Efficient computation of frequent and
/// top-k elements in data streams": Space-Saving).
///
/// A key that comes more often than every ``capacity``-th time is in it for certain. A count is never too low, and at
/// most its error too high.
struct HotKeySketch: Sendable {
    static let capacity = 32

    private(set) var keys: [String] = []
    private(set) var counts: [Int] = []
    private(set) var errors: [Int] = []
    private(set) var total = 0
    private var places: [String: Int] = [:]

    mutating func take(_ key: String) {
        total += 1
        if let place = places[key] {
            counts[place] += 1
        } else if keys.count < Self.capacity {
            places[key] = keys.count
            keys.append(key)
            counts.append(1)
            errors.append(0)
        } else {
            replaceRarest(by: key)
        }
    }

    /// A key that is not in it came at most so often; 0 while all are in it.
    var bound: Int { keys.count < Self.capacity ? 0 : counts.min() ?? 0 }

    /// The new key inherits the count of the one that it drives out.
    private mutating func replaceRarest(by key: String) {
        var place = 0
        for other in counts.indices where counts[other] < counts[place] { place = other }
        places[keys[place]] = nil
        places[key] = place
        keys[place] = key
        errors[place] = counts[place]
        counts[place] += 1
    }
}

/// Sketches of the latest minutes.
struct HotKeyMinutes: Sendable {
    private(set) var minutes: [(minute: Int64, sketch: HotKeySketch)] = []

    /// Keys are told for the latest quarter of an hour at most.
    static let kept = 15
    /// Memory in words of four bytes, roughly: a key has up to 64 bytes and stands in an array and a dictionary.
    static let weightOfMinute = HotKeySketch.capacity * 48

    var weight: Int { minutes.count * Self.weightOfMinute }

    mutating func take(_ key: String, second: Int64) {
        let minute = second / 60
        if let last = minutes.last, last.minute >= minute {
            // What comes late belongs to the latest minute as well as to any.
            minutes[minutes.count - 1].sketch.take(key)
            return
        }
        minutes.append((minute, HotKeySketch()))
        minutes[minutes.count - 1].sketch.take(key)
        while let first = minutes.first, first.minute <= minute - Int64(Self.kept) { minutes.removeFirst() }
    }

    mutating func drop(before second: Int64) {
        minutes.removeAll { $0.minute < second / 60 }
    }

    /// The most frequent ones of the window's minutes, the hottest first: those that came more often, for certain, than
    /// a key can have come that was not counted. Where all keys are alike there is none.
    func hottest(in window: TimeWindow, limit: Int) -> HotKeys {
        let wanted = (window.start.seconds / 60)...(max(window.end.seconds, window.start.seconds) / 60)
        var merged: [String: HotKeys.Key] = [:]
        var hot = HotKeys()
        for (minute, sketch) in minutes where wanted.contains(minute) {
            hot.calls += sketch.total
            hot.minutes += 1
            hot.bound += sketch.bound
            for place in sketch.keys.indices {
                let key = sketch.keys[place]
                merged[key, default: HotKeys.Key(key: key)].calls += sketch.counts[place]
                merged[key, default: HotKeys.Key(key: key)].error += sketch.errors[place]
            }
        }
        let sure = merged.values.filter { $0.least > hot.bound }
        hot.keys = Array(sure.sorted { ($0.least, $1.key) > ($1.least, $0.key) }.prefix(limit))
        return hot
    }
}
