import Domain
import Testing

struct PermissionPatternTests {
  @Test(arguments: Permission.allCases)
  func `a pattern stands for one, for those that begin alike, or for all`(
    _ permission: Permission
  ) throws {
    #expect(try #require(PermissionPattern("*")).permissions == Set(Permission.allCases))
    let texts = PermissionPattern.texts(standingFor: permission)
    #expect(texts.allSatisfy { PermissionPattern($0)?.matches(permission) == true })
    for other in Permission.allCases {
      for text in PermissionPattern.texts(standingFor: other) where !texts.contains(text) {
        #expect(PermissionPattern(text)?.matches(permission) == false, "\(text)")
      }
    }
  }

  @Test func `what begins like nothing is no pattern`() {
    for text in ["", "journal", "journal.", "journ.*", "*.post", "journal.post.*", ".*", "**"] {
      #expect(PermissionPattern(text) == nil, "\(text)")
    }
    #expect(PermissionPattern("journal.type.*")?.permissions == [.journalTypeAdjusting])
  }
}
