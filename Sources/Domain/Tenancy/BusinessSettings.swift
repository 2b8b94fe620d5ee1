/// What a business is called, where it is and how it works, as far as its people change it. Its
/// currency, rounding and fiscal year are decided when it is made.
package struct BusinessSettings: Hashable, Sendable {
  package var name: String
  /// Those that it has.
  package var texts: [BusinessText: String]
  package var size: BusinessSize?
  /// A name of the zone database, such as `Europe/Vienna`.
  package var timeZone: String
  /// 0 is never.
  package var idleLockMinutes: Int
  /// Whoever made an entry may approve it (RULES §4.6, small business mode).
  package var allowsSelfApproval: Bool
  /// Whoever wrote an entry may post it; otherwise somebody else does (RULES §4.6).
  package var allowsOwnPosting: Bool
  /// The last approval posts; otherwise somebody posts afterwards.
  package var postsOnApproval: Bool
  /// How many normal periods may be open at once (RULES R19).
  package var openPeriodsMost: Int
  /// From which total on people's entries need a file that proves them, in minor units of the base
  /// currency (V9 of RULES §3.3); nil is never.
  package var evidenceFrom: Money?
  /// What becomes of an entry that takes more than is planned (RULES R36).
  package var budgetCheck: BudgetCheck
  /// How old the rate of a day may be (RULES R29).
  package var rateAgeDays: Int
  package var retentionYears: Int

  package static let nameMostCharacters = 200
  package static let idleLockMinutesMost = 1440
  package static let openPeriodsMost = 1...60
  package static let rateAgeDays = 0...366
  /// The strictest laws ask for ten years.
  package static let retentionYears = 10...100

  package init(
    name: String, texts: [BusinessText: String], size: BusinessSize?, timeZone: String,
    idleLockMinutes: Int, allowsSelfApproval: Bool, allowsOwnPosting: Bool,
    postsOnApproval: Bool, openPeriodsMost: Int, evidenceFrom: Money? = nil,
    budgetCheck: BudgetCheck = .off, rateAgeDays: Int = RateTable.usualAgeDays,
    retentionYears: Int
  ) {
    self.name = name
    self.texts = texts
    self.size = size
    self.timeZone = timeZone
    self.idleLockMinutes = idleLockMinutes
    self.allowsSelfApproval = allowsSelfApproval
    self.allowsOwnPosting = allowsOwnPosting
    self.postsOnApproval = postsOnApproval
    self.openPeriodsMost = openPeriodsMost
    self.evidenceFrom = evidenceFrom
    self.budgetCheck = budgetCheck
    self.rateAgeDays = rateAgeDays
    self.retentionYears = retentionYears
  }
}

/// What else is written about a business.
package enum BusinessText: String, Hashable, Sendable, CaseIterable {
  case legalName = "legal name"
  case registrationNumber = "registration number"
  case taxNumber = "tax number"
  case industry
  case email = "e-mail address"
  case phone
  case website
  case addressLine1 = "first line of the address"
  case addressLine2 = "second line of the address"
  case city
  case region
  case postalCode = "postal code"
  /// Two capital letters.
  case country

  package var mostCharacters: Int {
    switch self {
    case .legalName, .website, .addressLine1, .addressLine2: 200
    case .registrationNumber, .taxNumber: 64
    case .industry, .city, .region: 100
    case .email: 254
    case .phone: 40
    case .postalCode: 20
    case .country: 2
    }
  }
}

package enum BusinessSize: String, Hashable, Sendable, CaseIterable {
  case micro
  case small
  case medium
  case large
  case enterprise
}
