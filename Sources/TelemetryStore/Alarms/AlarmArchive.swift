package import Telemetry

/// The alarms as they are, and how their states changed.
struct AlarmArchive {
    private(set) var records: [String: AlarmRecord] = [:]
    /// Alarms that were not taken because there are too many.
    private(set) var ignored = 0

    /// CloudWatch's limit for a region.
    private static let most = 5000
    private static let changesKept = 100

    mutating func changed(_ alarm: AlarmDescription, at time: Timestamp) {
        guard var record = records[alarm.name] else {
            guard records.count < Self.most else {
                ignored += 1
                return
            }
            records[alarm.name] = AlarmRecord(alarm: alarm)
            return
        }
        if record.alarm.state != alarm.state {
            record.changes.append(
                AlarmRecord.Change(time: alarm.since, from: record.alarm.state, to: alarm.state, reason: alarm.reason))
            if record.changes.count > Self.changesKept { record.changes.removeFirst() }
        }
        record.alarm = alarm
        records[alarm.name] = record
    }

    mutating func deleted(_ name: String) { records[name] = nil }

    /// Those that fire first, the latest before the others.
    var overview: AlarmOverview {
        var overview = AlarmOverview()
        for record in records.values {
            overview.count += 1
            guard record.alarm.state == .alarm else { continue }
            overview.firing += 1
            if let newest = overview.newest, newest.since >= record.alarm.since { continue }
            overview.newest = AlarmOverview.Newest(name: record.alarm.name, since: record.alarm.since)
        }
        return overview
    }
}

/// An alarm with its latest changes.
package struct AlarmRecord: Hashable, Sendable {
    package var alarm: AlarmDescription
    /// Oldest first.
    package var changes: [Change] = []

    package struct Change: Hashable, Sendable {
        package var time: Timestamp
        package var from: AlarmDescription.State
        package var to: AlarmDescription.State
        package var reason: String

        package init(
            time: Timestamp, from: AlarmDescription.State, to: AlarmDescription.State, reason: String
        ) {
            self.time = time
            self.from = from
            self.to = to
            self.reason = reason
        }
    }

    package init(alarm: AlarmDescription, changes: [Change] = []) {
        self.alarm = alarm
        self.changes = changes
    }
}

/// The alarms in short, for the top line.
package struct AlarmOverview: Hashable, Sendable {
    package var count = 0
    package var firing = 0
    /// The one that fired last, of those that fire.
    package var newest: Newest?

    package struct Newest: Hashable, Sendable {
        package var name: String
        package var since: Timestamp

        package init(name: String, since: Timestamp) {
            self.name = name
            self.since = since
        }
    }

    package init() {}
}
