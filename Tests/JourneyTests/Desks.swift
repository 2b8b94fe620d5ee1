import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels

extension Driver {
  /// An entry typed up to its amounts and not committed: 100.00 of rent out of the bank.
  func typeRent() async {
    await press("n", .enter, "Rent", .enter, "620", .enter, "100", .enter, "112", .enter)
  }

  /// Types two lines that balance, then commits.
  func postRent() async {
    await typeRent()
    await press(.function(10))
  }
}

extension TestBooks {
  /// A draft of the role's, 12.00 of rent.
  @discardableResult
  func draft(by role: Role, _ minorUnits: Int64 = 1_200) async throws -> ID<Entry> {
    try await workspace.perform(CreateEntry(entry(minorUnits)), as: principal(role)).entry
  }

  /// Every check that can be made of the books, as owner.
  func faults() async throws -> [String] {
    try await workspace.fetch(Examination(), as: owner).flatMap(\.findings)
  }
}
