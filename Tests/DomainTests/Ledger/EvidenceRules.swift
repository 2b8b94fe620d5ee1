import Domain
import Testing

@Suite struct EvidenceRules {
  @Test(arguments: [
    ("receipt.pdf", "application/pdf"), ("SCAN.JPG", "image/jpeg"), ("a.b.txt", "text/plain"),
    ("receipt", "application/octet-stream"), ("receipt.", "application/octet-stream"),
    ("a.unheard", "application/octet-stream"), (".pdf", "application/pdf"),
    ("pdf", "application/octet-stream"),
  ])
  func `a file is said to be what its name ends in`(_ name: String, _ type: String) {
    #expect(Evidence.mediaType(of: name) == type)
  }

  @Test func `approvals are bound to what waits for them and what has them`() {
    #expect(EntryStatus.allCases.filter(\.isBeingApproved) == [.pendingApproval, .approved])
  }
}
