// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours is held to the same rules; warnings are errors.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// Targets that live on the terminal's thread.
let interactive = strict + [.defaultIsolation(MainActor.self)]

let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let arguments: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "coreflow",
  products: [
    .executable(name: "coreflow", targets: ["coreflow"]),
    .library(name: "TerminalToolkit", targets: ["Keys", "Widgets", "Curses"]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", .upToNextMinor(from: "7.10.0")),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .target(name: "Domain", swiftSettings: strict),
    .target(
      name: "Migrations", path: "database", exclude: ["README.md"], sources: ["Migrations.swift"],
      resources: [.embedInCode("migrations"), .embedInCode("rollbacks")], swiftSettings: strict),
    .target(
      name: "Store", dependencies: ["Domain", "Migrations", grdb, grdbSQLite, crypto],
      swiftSettings: strict),
    .target(name: "Phrases", swiftSettings: strict),
    .target(
      name: "Languages", dependencies: ["Phrases", "Yams"], exclude: ["README.md"],
      resources: [.embedInCode("catalogues")], swiftSettings: strict),
    .target(
      name: "Operations", dependencies: ["Domain", "Phrases", "Store", crypto, cryptoExtras],
      swiftSettings: strict),
    .target(
      name: "Interchange", dependencies: ["Domain", "Phrases", "Yams"],
      exclude: ["Workflow/README.md"],
      resources: [.embedInCode("Workflow/shipped")], swiftSettings: strict),
    .target(name: "Keys", swiftSettings: strict),
    .target(name: "Widgets", dependencies: ["Keys"], swiftSettings: strict),
    .target(
      name: "Themes", dependencies: ["Widgets", "Yams"], path: "themes", exclude: ["README.md"],
      sources: ["Legibility.swift", "ThemeFile.swift", "Themes.swift", "YAMLFault.swift"],
      resources: [.embedInCode("palettes")],
      swiftSettings: strict),
    .target(
      name: "ViewModels", dependencies: ["Domain", "Operations", "Interchange", "Keys", "Phrases"],
      swiftSettings: interactive),
    .target(
      name: "Screens", dependencies: ["ViewModels", "Widgets", "Themes", "Keys", "Phrases"],
      swiftSettings: interactive),
    .target(
      name: "Configuration",
      dependencies: ["Domain", "Interchange", "Keys", "Themes", "ViewModels", "Widgets", "Yams"],
      swiftSettings: interactive),
    // No pkg-config: its flags for ncursesw only make SwiftPM warn, and the module map links it.
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncursesw5-dev"])]),
    .target(name: "CTerminal"),
    .target(
      name: "Curses", dependencies: ["Widgets", "Keys", "CNcurses", "CTerminal"],
      swiftSettings: interactive),
    .target(
      name: "CLI",
      dependencies: ["Operations", "Domain", "Interchange", "Phrases", "Widgets", arguments],
      swiftSettings: strict),
    .executableTarget(
      name: "coreflow",
      dependencies: [
        "CLI", "Configuration", "Curses", "Domain", "Keys", "Languages", "Operations", "Phrases",
        "Screens", "Themes", "ViewModels", "Widgets", arguments,
      ],
      swiftSettings: strict),
    .target(
      name: "TestSupport",
      dependencies: [
        "Domain", "Keys", "Operations", "Phrases", "Screens", "Store", "ViewModels", "Widgets",
      ],
      path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(name: "DomainTests", dependencies: ["Domain"], swiftSettings: strict),
    .testTarget(
      name: "MigrationTests", dependencies: ["Domain", "Migrations", grdb, grdbSQLite],
      swiftSettings: strict),
    .testTarget(
      name: "StoreTests", dependencies: ["Store", "Domain", "Migrations", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "OperationsTests",
      dependencies: [
        "Operations", "Domain", "Phrases", "Store", "Migrations", "Interchange", "TestSupport",
        grdb,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "InterchangeTests", dependencies: ["Interchange", "Domain"], swiftSettings: strict),
    .testTarget(name: "WidgetsTests", dependencies: ["Widgets", "Keys"], swiftSettings: strict),
    .testTarget(
      name: "CursesTests",
      dependencies: [
        "Curses", "Widgets", "Keys", "CTerminal", "CNcurses", "TestSupport", "Themes",
      ],
      swiftSettings: interactive),
    .testTarget(
      name: "ConfigurationTests",
      dependencies: [
        "Configuration", "Domain", "Keys", "Screens", "TestSupport", "Themes", "ViewModels",
        "Widgets",
      ],
      swiftSettings: interactive),
    .testTarget(name: "ThemesTests", dependencies: ["Themes", "Widgets"], swiftSettings: strict),
    .testTarget(
      name: "CLITests",
      dependencies: ["CLI", "Operations", "Domain", "Interchange", "Store", arguments],
      swiftSettings: strict),
    .testTarget(
      name: "JourneyTests",
      dependencies: [
        "Domain", "Keys", "Languages", "Operations", "Phrases", "Screens", "Store",
        "TestSupport", "ViewModels", "Widgets",
      ], exclude: ["__Screens__"], swiftSettings: interactive),
    .testTarget(
      name: "EndToEndTests", dependencies: ["coreflow", "Domain"], swiftSettings: strict),
    .testTarget(name: "TidyTests", swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

// Made only where it is asked for (Tests/README.md): it measures what is no part of the program.
if Context.environment["COREFLOW_BENCHMARKS"] != nil {
  for name in ["Decisions", "Ledger"] {
    package.targets.append(
      .executableTarget(
        name: name.lowercased(), dependencies: ["Domain", "Operations", "Store", grdbSQLite],
        path: "Tests/Benchmarks/\(name)", swiftSettings: strict))
  }
}
