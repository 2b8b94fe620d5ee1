import Domain
import Testing

@Suite struct MigrationStatusTests {
  @Test(arguments: [(1, "001"), (42, "042"), (1234, "1234")])
  func `a migration is called by three digits, as its file is`(_ number: Int, _ label: String) {
    let status = MigrationStatus(
      number: number, name: "core", checksum: "", appliedAt: nil, milliseconds: nil,
      state: .pending)
    #expect(status.label == label)
  }
}
