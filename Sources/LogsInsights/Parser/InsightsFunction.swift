/// The functions of the query language, besides those of `stats`.
enum InsightsFunction: String, Hashable, Sendable, CaseIterable {
    case abs, ceil, floor, greatest, least, log, sqrt
    case bin, datefloor, dateceil, frommillis, tomillis, now
    case ispresent, coalesce
    case isempty, isblank, concat, ltrim, rtrim, trim, strlen, toupper, tolower, substr, replace, strcontains
    case isvalidip, isvalidipv4, isvalidipv6, isipinsubnet, isipv4insubnet, isipv6insubnet
    case jsonparse, jsonstringify

    /// How many arguments it takes.
    var arity: ClosedRange<Int> {
        switch self {
        case .now: 0...0
        case .greatest, .least, .concat, .coalesce: 1...64
        case .ltrim, .rtrim, .trim: 1...2
        case .datefloor, .dateceil, .strcontains, .isipinsubnet, .isipv4insubnet, .isipv6insubnet: 2...2
        case .substr: 2...3
        case .replace: 3...3
        default: 1...1
        }
    }

    /// As the documentation writes it.
    var title: String {
        switch self {
        case .frommillis: "fromMillis"
        case .tomillis: "toMillis"
        case .ispresent: "isPresent"
        case .isvalidip: "isValidIp"
        case .isvalidipv4: "isValidIpV4"
        case .isvalidipv6: "isValidIpV6"
        case .isipinsubnet: "isIpInSubnet"
        case .isipv4insubnet: "isIpv4InSubnet"
        case .isipv6insubnet: "isIpv6InSubnet"
        case .jsonparse: "jsonParse"
        case .jsonstringify: "jsonStringify"
        default: rawValue
        }
    }
}
