/// What is gathered of one group for one aggregate.
struct Accumulator {
    private var count = 0
    private var sum = 0.0
    private var mean = 0.0
    private var squares = 0.0
    private var value = Value.missing
    private var time: Int64 = 0
    private var values = Quantiles()
    private var distinct: Set<[UInt8]> = []

    mutating func add(_ gathered: GroupsPlan.Gathered, _ row: RowContext, at rowTime: Int64) {
        guard let argument = gathered.argument else {
            count += 1
            return
        }
        let new = argument.value(row)
        guard !new.isMissing else { return }
        switch gathered.kind {
        case .count: count += 1
        case .distinct: distinct.insert(new.bytes)
        case .moments: if let number = new.number { add(number) }
        case .values: if let number = new.number { values.add(number) }
        case .least: if value.isMissing || Value.order(new, value) < 0 { value = new.owned }
        case .most: if value.isMissing || Value.order(new, value) > 0 { value = new.owned }
        case .earliest: take(new, rowTime, isBetter: rowTime < time)
        case .latest: take(new, rowTime, isBetter: rowTime >= time)
        }
    }

    private mutating func add(_ number: Double) {
        count += 1
        sum += number
        let distance = number - mean
        mean += distance / Double(count)
        squares += distance * (number - mean)
    }

    private mutating func take(_ new: Value, _ rowTime: Int64, isBetter: Bool) {
        guard value.isMissing || isBetter else { return }
        value = new.owned
        time = rowTime
    }

    mutating func result(_ aggregate: Aggregate) -> Value {
        switch aggregate.function {
        case .count: .number(Double(count))
        case .count_distinct: .number(Double(distinct.count))
        case .sum: count > 0 ? .number(sum) : .missing
        case .avg: count > 0 ? .number(sum / Double(count)) : .missing
        case .stddev: count > 0 ? .number((squares / Double(count)).squareRoot()) : .missing
        case .pct: values.value(at: aggregate.percent).map(Value.number) ?? .missing
        case .median: values.value(at: 50).map(Value.number) ?? .missing
        case .min, .max:
            value.number.map { number in
                if case .time = value { value } else { .number(number) }
            } ?? value
        case .sortsFirst, .sortsLast, .earliest, .latest: value
        }
    }
}

/// Percentiles by nearest rank; exact, since all values are kept.
struct Quantiles {
    private var values: [Double] = []
    private var isSorted = true

    mutating func add(_ value: Double) {
        values.append(value)
        isSorted = false
    }

    mutating func value(at percent: Double) -> Double? {
        guard !values.isEmpty else { return nil }
        if !isSorted {
            values.sort()
            isSorted = true
        }
        let rank = (percent / 100 * Double(values.count)).rounded(.up)
        return values[min(max(Int(rank) - 1, 0), values.count - 1)]
    }
}
