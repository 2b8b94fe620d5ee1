// swift-tools-version: 6.2
import PackageDescription

// Apart from the main package, so that neither its build nor its tests make this. It drives the
// built program, as people do, so nothing of it has to be made public.
let package = Package(
  name: "benchmarks",
  targets: [
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .executableTarget(
      name: "benchmarks", dependencies: ["CSQLite"],
      swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]),
  ]
)
