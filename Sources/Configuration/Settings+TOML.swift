import TOMLKit
import Terminal

extension Settings {
    /// Takes over what a file says; what is wrong becomes a note and changes nothing.
    ///
    /// - Parameter file: the name of the file, for the notes.
    package mutating func apply(toml: String, file: String, notes: inout [String]) {
        let table: TOMLTable
        do {
            table = try TOMLTable(string: toml)
        } catch {
            notes.append("\(file): not TOML: \(error)")
            return
        }
        for key in table.keys {
            guard Self.names.contains(key) else {
                notes.append(UnknownKey(key, of: Self.names).note(file: file, text: toml))
                continue
            }
            guard set(key, from: table) else {
                notes.append("\(file): \(key) has a value of the wrong kind or out of range")
                continue
            }
        }
        if let alarms = table["alarm"]?.array { apply(alarms: alarms, file: file, text: toml, notes: &notes) }
        guard let table = table["colors"]?.table else { return }
        apply(colors: table, file: file, text: toml, notes: &notes)
    }

    /// A later alarm takes the place of an earlier one of that name.
    private mutating func apply(alarms list: TOMLArray, file: String, text: String, notes: inout [String]) {
        let names = AlarmSetting.Member.allCases.map(\.rawValue)
        for (number, element) in list.enumerated() {
            guard let table = element.table else {
                notes.append("\(file): alarm \(number + 1) is no table: write [[alarm]]")
                continue
            }
            for key in table.keys where !names.contains(key) {
                notes.append(UnknownKey(key, of: names).note(file: file, text: text))
            }
            do throws(AlarmSetting.Problem) {
                let alarm = try AlarmSetting(table)
                alarms.removeAll { $0.name == alarm.name }
                alarms.append(alarm)
            } catch {
                notes.append("\(file): alarm \(number + 1): \(error.text)")
            }
        }
    }

    private mutating func set(_ key: String, from table: TOMLTable) -> Bool {
        switch key {
        case "theme": return take(table[key]?.string, into: \.theme)
        case "ascii": return take(table[key]?.bool, into: \.ascii)
        case "mouse": return take(table[key]?.bool, into: \.mouse)
        case "bell": return take(table[key]?.bool, into: \.bell)
        case "port": return take(table[key]?.int.flatMap { UInt16(exactly: $0) }, into: \.port)
        case "log_cap_mib":
            return take(table[key]?.int.flatMap { (1...1_048_576).contains($0) ? $0 : nil }, into: \.logCapMiB)
        case "mask": return take(Self.strings(table[key]?.array), into: \.maskRules)
        case "keys":
            guard let keys = table[key]?.table else { return false }
            return setKeys(keys, under: "")
        case "alarm": return table[key]?.array != nil
        default: return table[key]?.table != nil
        }
    }

    private mutating func take<Value>(_ value: Value?, into path: WritableKeyPath<Settings, Value>) -> Bool {
        guard let value else { return false }
        self[keyPath: path] = value
        return true
    }

    private static func strings(_ array: TOMLArray?) -> [String]? {
        guard let array else { return nil }
        let strings = array.compactMap { $0.string }
        return strings.count == array.count ? strings : nil
    }

    /// Both `"logs.follow" = ["f"]` and a table `[keys.logs]` are understood.
    private mutating func setKeys(_ table: TOMLTable, under prefix: String) -> Bool {
        var isRight = true
        for key in table.keys {
            if prefix.isEmpty, let inner = table[key]?.table {
                isRight = setKeys(inner, under: key + ".") && isRight
            } else if let names = Self.strings(table[key]?.array) {
                keys[prefix + key] = names
            } else {
                isRight = false
            }
        }
        return isRight
    }

    private mutating func apply(colors table: TOMLTable, file: String, text: String, notes: inout [String]) {
        for key in table.keys {
            guard let role = Role.allCases.first(where: { "\($0)" == key }) else {
                notes.append(UnknownKey(key, of: Role.allCases.map { "\($0)" }).note(file: file, text: text))
                continue
            }
            guard let color = table[key]?.string.flatMap({ Palette.Color($0) }) else {
                notes.append("\(file): colors.\(key) is neither \"#rrggbb\" nor \"default\"")
                continue
            }
            colors[role] = color
        }
    }
}
