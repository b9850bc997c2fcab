// swift-tools-version: 6.2
import Foundation
import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    // SE-0335: `any` in front of every existential.
    .enableUpcomingFeature("ExistentialAny"),
    // SE-0409: imports are internal unless a public declaration needs them.
    .enableUpcomingFeature("InternalImportsByDefault"),
    // SE-0444: a member is visible only where its module is imported.
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// Targets without a pointer in them say so.
let pureSettings = swiftSettings + [.strictMemorySafety()]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let flyingFox: Target.Dependency = .product(name: "FlyingFox", package: "FlyingFox")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

let package = Package(
    name: "tallywatch",
    products: [
        .executable(name: "tallywatch", targets: ["tallywatch"]),
        // Article and claims out of a document: no daemon, no network, no store.
        .library(name: "TallyExtraction", targets: ["Extracting", "Parsing", "TallyModel"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
    ],
    targets: [
        // MARK: C libraries
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CEpoll"),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(
            name: "COpenBLAS",
            pkgConfig: "openblas",
            providers: [.apt(["libopenblas-serial-dev"])]
        ),
        .target(
            name: "CSyntaxModel",
            exclude: ["en_core_web_sm.bin", "en_core_web_sm.LICENSE"]
        ),
        .systemLibrary(name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),

        // MARK: Ground
        .target(name: "Dispatching", dependencies: ["CEpoll"], swiftSettings: swiftSettings),
        .target(
            name: "TallyModel",
            dependencies: [crypto],
            exclude: ["CLDR.LICENSE"],
            resources: [.embedInCode("Tables")],
            swiftSettings: pureSettings
        ),

        // MARK: Pure stages
        .target(
            name: "Parsing",
            dependencies: ["CLibXML2", "TallyModel"],
            // A bundle would tie the binary to its place.
            resources: [.embedInCode("Tables")],
            swiftSettings: swiftSettings
        ),
        .target(
            name: "Syntax",
            dependencies: ["COpenBLAS", "CSyntaxModel"],
            swiftSettings: swiftSettings
        ),
        .target(
            name: "Extracting",
            dependencies: ["Syntax", "TallyModel"],
            exclude: ["WordNet.LICENSE"],
            // A bundle would tie the binary to its place.
            resources: [.embedInCode("Tables")],
            swiftSettings: pureSettings
        ),
        .target(
            name: "Comparing",
            dependencies: ["TallyModel"],
            resources: [.embedInCode("Tables")],
            swiftSettings: pureSettings
        ),

        // MARK: Effects
        .target(
            name: "Fetching",
            dependencies: ["CCurl", "Dispatching", "TallyModel"],
            swiftSettings: swiftSettings
        ),
        .target(name: "Storing", dependencies: ["TallyModel", grdb, sqlite], swiftSettings: swiftSettings),
        .target(
            name: "Delivering",
            dependencies: ["Dispatching", "TallyModel", crypto, logging],
            swiftSettings: swiftSettings
        ),

        // MARK: Composition
        .target(
            name: "TallyDaemon",
            dependencies: [
                "CMalloc", "CSystemd", "CZlib", "Comparing", "Delivering", "Dispatching", "Extracting",
                "Fetching",
                "Parsing",
                "Storing", "TallyModel", flyingFox, .product(name: "FlyingSocks", package: "FlyingFox"),
                crypto, logging, yams,
            ],
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "tallywatch",
            dependencies: [
                "Comparing", "Delivering", "Extracting", "Fetching", "Parsing", "Storing", "TallyDaemon",
                "TallyModel",
                argumentParser, logging,
            ],
            swiftSettings: swiftSettings
        ),

        // MARK: Tests
        .target(
            name: "TestSupport",
            dependencies: [
                "Dispatching", "TallyModel", flyingFox, .product(name: "FlyingSocks", package: "FlyingFox"),
                logging,
            ],
            path: "Tests/TestSupport",
            swiftSettings: swiftSettings
        ),
        .testTarget(name: "TallyModelTests", dependencies: ["TallyModel"], swiftSettings: swiftSettings),
        .testTarget(
            name: "ParsingTests",
            dependencies: ["Parsing", "TallyModel"],
            resources: [.copy("Corpus"), .copy("Fixtures")],
            swiftSettings: swiftSettings
        ),
        .testTarget(name: "SyntaxTests", dependencies: ["Syntax"], swiftSettings: swiftSettings),
        .testTarget(
            name: "ExtractingTests",
            dependencies: ["Extracting", "Syntax", "TallyModel"],
            resources: [.copy("Fixtures")],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "ComparingTests",
            dependencies: ["Comparing", "Extracting", "TallyModel"],
            resources: [.copy("Fixtures")],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "FetchingTests",
            dependencies: ["Dispatching", "Fetching", "TallyModel", "TestSupport", logging],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "DeliveringTests",
            dependencies: ["Delivering", "TallyModel", "TestSupport", logging],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "StoringTests",
            dependencies: ["Storing", "TallyModel", grdb],
            resources: [.process("Fixtures")],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "TallyDaemonTests",
            dependencies: [
                "Delivering", "Extracting", "Fetching", "Storing", "TallyDaemon", "TallyModel", "TestSupport",
                flyingFox, logging,
                "tallywatch",
            ],
            swiftSettings: swiftSettings
        ),
    ]
)

// `Scripts/fuzz.sh` builds this one with a sanitizer of its own.
if ProcessInfo.processInfo.environment["TALLYWATCH_FUZZ"] == "1" {
    package.products.append(.executable(name: "fuzz", targets: ["fuzz"]))
    package.targets.append(
        .executableTarget(
            name: "fuzz",
            dependencies: ["Parsing", "TallyModel"],
            path: "Tests/Fuzzing",
            exclude: ["Seeds"],
            swiftSettings: swiftSettings + [.unsafeFlags(["-parse-as-library"])]
        )
    )
}
