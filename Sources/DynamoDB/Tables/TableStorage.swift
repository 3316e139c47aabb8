/// Where a table's items are kept. Items of a partition are in the order of their sort keys.
protocol TableStorage: Sendable {
    var itemCount: Int { get }
    subscript(key: Key) -> Item? { get }

    /// - Returns: the item that was there.
    mutating func put(_ item: Item, _ key: Key) -> Item?
    mutating func remove(_ key: Key) -> Item?

    /// The items of a partition, by sort key.
    func partition(_ partition: [UInt8]) -> [(sort: [UInt8], item: Item)]

    /// All items in the order of a scan, those behind a key only, until the visitor says enough.
    func scan(after key: Key?, segment: Int, of segments: Int, _ visit: (Key, Item) -> Bool)
}

/// Items in memory: partitions in the order of a hash of their key, as a scan gives them.
struct MemoryStorage: TableStorage {
    private var partitions: [[UInt8]: [(sort: [UInt8], item: Item)]] = [:]
    /// The partitions by the first bits of their hash, each list sorted by hash and key.
    private var order = [[Place]](repeating: [], count: bucketCount)
    private(set) var itemCount = 0

    private static let bucketCount = 4096

    private struct Place: Comparable {
        var hash: UInt64
        var partition: [UInt8]

        init(_ partition: [UInt8]) {
            self.partition = partition
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for byte in partition { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            // FNV's upper bits are weak for short keys: mix them.
            hash = (hash ^ (hash >> 32)) &* 0x9E37_79B9_7F4A_7C15
            self.hash = hash ^ (hash >> 29)
        }

        static func < (left: Place, right: Place) -> Bool {
            left.hash != right.hash
                ? left.hash < right.hash : left.partition.lexicographicallyPrecedes(right.partition)
        }

        var bucket: Int { Int(hash >> 52) }
    }

    subscript(key: Key) -> Item? {
        guard let items = partitions[key.partition] else { return nil }
        let place = Self.lower(items, key.sort)
        return place < items.count && items[place].sort == key.sort ? items[place].item : nil
    }

    mutating func put(_ item: Item, _ key: Key) -> Item? {
        guard partitions[key.partition] != nil else {
            partitions[key.partition] = [(key.sort, item)]
            let place = Place(key.partition)
            order[place.bucket].insert(place, at: Self.lower(order[place.bucket], place))
            itemCount += 1
            return nil
        }
        return partitions[key.partition, default: []].put(item, key.sort, &itemCount)
    }

    mutating func remove(_ key: Key) -> Item? {
        guard var items = partitions.removeValue(forKey: key.partition) else { return nil }
        let index = Self.lower(items, key.sort)
        guard index < items.count, items[index].sort == key.sort else {
            partitions[key.partition] = items
            return nil
        }
        let old = items.remove(at: index).item
        itemCount -= 1
        if items.isEmpty {
            let place = Place(key.partition)
            let position = Self.lower(order[place.bucket], place)
            if position < order[place.bucket].count, order[place.bucket][position] == place {
                order[place.bucket].remove(at: position)
            }
        } else {
            partitions[key.partition] = items
        }
        return old
    }

    func partition(_ partition: [UInt8]) -> [(sort: [UInt8], item: Item)] { partitions[partition] ?? [] }

    func scan(after key: Key?, segment: Int, of segments: Int, _ visit: (Key, Item) -> Bool) {
        let start = key.map { Place($0.partition) }
        let first = Self.bucketCount * segment / segments
        let last = Self.bucketCount * (segment + 1) / segments
        for bucket in max(first, start?.bucket ?? 0)..<max(last, first, start?.bucket ?? 0) where bucket < last {
            for place in order[bucket] {
                if let start, place < start { continue }
                for (sort, item) in partitions[place.partition] ?? [] {
                    if let key, place.partition == key.partition, !key.sort.lexicographicallyPrecedes(sort) { continue }
                    guard visit(Key(partition: place.partition, sort: sort), item) else { return }
                }
            }
        }
    }

    private static func lower(_ items: [(sort: [UInt8], item: Item)], _ sort: [UInt8]) -> Int {
        var low = 0
        var high = items.count
        while low < high {
            let middle = (low + high) / 2
            if items[middle].sort.lexicographicallyPrecedes(sort) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func lower(_ places: [Place], _ place: Place) -> Int {
        var low = 0
        var high = places.count
        while low < high {
            let middle = (low + high) / 2
            if places[middle] < place { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension [(sort: [UInt8], item: Item)] {
    /// - Returns: the item that was there.
    fileprivate mutating func put(_ item: Item, _ sort: [UInt8], _ count: inout Int) -> Item? {
        var low = 0
        var high = self.count
        while low < high {
            let middle = (low + high) / 2
            if self[middle].sort.lexicographicallyPrecedes(sort) { low = middle + 1 } else { high = middle }
        }
        if low < self.count, self[low].sort == sort {
            let old = self[low].item
            self[low].item = item
            return old
        }
        insert((sort, item), at: low)
        count += 1
        return nil
    }
}
