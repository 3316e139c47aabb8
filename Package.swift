// swift-tools-version: 6.2
import PackageDescription

/// With `FNTOP_STRICT=1` (as `make test` and `make lint` set it) a warning is an error.
let isStrict = Context.environment["FNTOP_STRICT"] == "1"

let settings: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .enableUpcomingFeature("InferIsolatedConformances"),
    ] + (isStrict ? [.treatAllWarnings(as: .error)] : [])

/// A target of this package with the settings of the house.
func module(
    _ name: String,
    _ dependencies: [Target.Dependency] = [],
    resources: [Resource]? = nil,
    extra: [SwiftSetting] = []
) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings + extra)
}

/// The tests of the target of the same name.
func tests(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.target(name: name)] + dependencies,
        exclude: exclude,
        swiftSettings: settings
    )
}

let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
    .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
]

let package = Package(
    name: "fntop",
    products: [.executable(name: "fntop", targets: ["fntop"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // Layer 0: C shims and the JSON value that every layer speaks.
        .target(name: "CNcurses", linkerSettings: [.linkedLibrary("ncursesw")]),
        .target(name: "CSearch"),
        .target(name: "CZlib", linkerSettings: [.linkedLibrary("z")]),
        .target(name: "CProcess"),
        module("JSON"),
        tests("JSON"),
        // Layer 1: values and contracts, no I/O.
        module("Terminal", ["JSON"]),
        tests("Terminal", ["JSON"]),
        module("Telemetry", ["JSON"]),
        tests("Telemetry", ["JSON"]),
        module("AWSCore", ["JSON"]),
        tests("AWSCore", ["JSON"]),
        module("JSONata", ["JSON", .product(name: "Crypto", package: "swift-crypto")]),
        tests("JSONata", ["JSON"]),
        // Layer 2: mechanisms.
        module(
            "StatesLanguage",
            ["JSON", "JSONata", "Telemetry", .product(name: "Crypto", package: "swift-crypto")]),
        tests("StatesLanguage", ["JSON", "Telemetry"]),
        module("NcursesTerminal", ["CNcurses", "Terminal"], extra: [.strictMemorySafety()]),
        tests("NcursesTerminal", ["Terminal"]),
        .executableTarget(
            name: "terminal-probe", dependencies: ["NcursesTerminal", "Terminal"], path: "Tests/TerminalProbe",
            swiftSettings: settings),
        .executableTarget(
            name: "jsonata-lines", dependencies: ["JSON", "JSONata"], path: "Tests/JSONataProgram",
            swiftSettings: settings),
        .target(
            name: "FuzzInputs", dependencies: ["JSON", "JSONata", "StatesLanguage", "Telemetry"],
            path: "Tests/Fuzz/Inputs", swiftSettings: settings),
        .executableTarget(
            name: "fntop-fuzz", dependencies: ["FuzzInputs"], path: "Tests/Fuzz/Program", swiftSettings: settings),
        .testTarget(
            name: "FuzzInputsTests", dependencies: ["FuzzInputs"], path: "Tests/Fuzz/Tests", swiftSettings: settings),
        .executableTarget(
            name: "fntop-bench",
            dependencies: [
                "Dashboard", "JSON", "JSONata", "LogsInsights", "NcursesTerminal", "StatesLanguage", "Telemetry",
                "TelemetryStore",
                "Terminal",
            ],
            path: "Tests/Benchmarks/Program", swiftSettings: settings),
        module(
            "TelemetryStore",
            [
                "CSearch", "JSON", "Telemetry", .product(name: "DequeModule", package: "swift-collections"),
            ]),
        tests("TelemetryStore", ["JSON", "Telemetry"]),
        module("VelocityTemplate", ["JSON"]),
        tests("VelocityTemplate", ["JSON"]),
        module("LogsInsights", ["CSearch", "JSON", "Telemetry"]),
        tests("LogsInsights", ["JSON", "Telemetry"]),
        module("HTTPTransport", ["AWSCore"] + nio),
        tests("HTTPTransport", ["AWSCore"] + nio),
        module("Configuration", ["JSON", "Terminal", .product(name: "TOMLKit", package: "TOMLKit")]),
        tests("Configuration", ["JSON", "Terminal"]),
        // Layer 3: sources and services.
        module(
            "Collector",
            [
                "AWSCore", "HTTPTransport", "JSON", "Telemetry", "TelemetryStore",
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]),
        tests("Collector", ["JSON", "Telemetry", "TelemetryStore"]),
        module(
            "Lambda",
            [
                "AWSCore", "CProcess", "CZlib", "HTTPTransport", "JSON", "Telemetry",
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "Crypto", package: "swift-crypto"),
            ] + nio),
        tests("Lambda", ["AWSCore", "CZlib", "HTTPTransport", "JSON", "Telemetry"] + nio),
        module(
            "DynamoDB",
            [
                "AWSCore", "JSON", "Telemetry", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),
        tests("DynamoDB", ["AWSCore", "JSON", "Telemetry"]),
        module(
            "APIGateway",
            [
                "AWSCore", "HTTPTransport", "JSON", "StatesLanguage", "Telemetry", "VelocityTemplate",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]),
        tests(
            "APIGateway",
            [
                "AWSCore", "HTTPTransport", "JSON", "Telemetry", "VelocityTemplate",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
        module("CloudWatch", ["AWSCore", "CZlib", "JSON", "LogsInsights", "Telemetry", "TelemetryStore"]),
        tests("CloudWatch", ["AWSCore", "JSON", "Telemetry", "TelemetryStore"]),
        module(
            "StepFunctions",
            [
                "AWSCore", "JSON", "StatesLanguage", "Telemetry",
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        tests("StepFunctions", ["AWSCore", "JSON", "StatesLanguage", "Telemetry"]),
        module("XRay", ["AWSCore", "JSON", "Telemetry", "TelemetryStore"]),
        tests("XRay", ["AWSCore", "JSON", "Telemetry", "TelemetryStore"]),
        // Layer 4: what a person sees, and what a client reaches.
        module("Dashboard", ["JSON", "LogsInsights", "StatesLanguage", "Telemetry", "TelemetryStore", "Terminal"]),
        tests("Dashboard", ["JSON", "LogsInsights", "Telemetry", "TelemetryStore", "Terminal"], exclude: ["Frames"]),
        module(
            "LocalCloud",
            [
                "APIGateway", "AWSCore", "CloudWatch", "Collector", "DynamoDB", "HTTPTransport", "JSON", "Lambda",
                "StepFunctions", "Telemetry",
                "TelemetryStore", "XRay", .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
        tests("LocalCloud", ["AWSCore", "HTTPTransport", "JSON", "Telemetry", "TelemetryStore"]),
        module("Demo", ["JSON"]),
        tests("Demo", ["JSON", "StatesLanguage"]),
        // Layer 5: the program.
        .executableTarget(
            name: "fntop",
            dependencies: [
                "AWSCore", "CProcess", "Collector", "Configuration", "Dashboard", "Demo", "DynamoDB", "HTTPTransport",
                "JSON",
                "LocalCloud", "NcursesTerminal",
                "StatesLanguage", "Telemetry", "TelemetryStore", "Terminal",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
    ]
)
