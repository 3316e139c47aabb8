import JSON

extension LogFilter {
    /// What a selector finds in a line that matches: `$.latency` in JSON, `$size` or `$3` in columns.
    package func value(_ selector: String, in line: [UInt8]) -> String? {
        for term in terms {
            switch term {
            case .columns(let pattern):
                return pattern.values(of: line).first { $0.name == selector }?.value
            case .json:
                guard let path = try? JSONPatternParser.selector(selector), let json = try? JSON(parsing: line),
                    let value = JSONPattern.values(at: path[...], in: json).first, !value.isNull
                else { return nil }
                return value.string ?? value.text
            default: continue
            }
        }
        return nil
    }

    /// What the pattern finds in a line that matches, by selector: what TestMetricFilter tells.
    package func values(in line: [UInt8]) -> [(selector: String, value: String)] {
        for term in terms {
            switch term {
            case .columns(let pattern): return pattern.values(of: line).map { (selector: $0.name, value: $0.value) }
            case .json(let pattern):
                return pattern.selectors.compactMap { selector in
                    value(selector, in: line).map { (selector: selector, value: $0) }
                }
            default: continue
            }
        }
        return []
    }

    /// Whether a selector is one that this pattern can answer.
    package func hasSelector(_ selector: String) -> Bool {
        terms.contains { term in
            switch term {
            case .columns(let pattern):
                selector.hasPrefix("$")
                    && (pattern.names.contains(String(selector.dropFirst())) || Int(selector.dropFirst()) != nil)
            case .json: (try? JSONPatternParser.selector(selector)) != nil
            default: false
            }
        }
    }
}

extension JSONPattern {
    /// The selectors in it, as a person writes them.
    var selectors: [String] {
        switch self {
        case .compare(let path, _, _), .isNull(let path), .isBool(let path, _), .notExists(let path):
            [JSONPatternParser.text(path)]
        case .and(let left, let right), .or(let left, let right): left.selectors + right.selectors
        }
    }
}
