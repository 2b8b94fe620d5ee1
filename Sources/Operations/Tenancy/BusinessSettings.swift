package import Domain
import Foundation
package import Store

/// What the business is and how it works.
package struct BusinessDetail: Query {
  package static let permission: Permission? = .businessRead

  package init() {}

  package struct Detail: Hashable, Sendable {
    package let slug: String
    package let settings: BusinessSettings
    package let baseCurrency: String
    /// 1 to 12.
    package let firstMonth: Int
    package let rounding: Rounding
    package let tier: SubscriptionTier
    package let subscription: SubscriptionStatus
    package let subscriptionExpires: Timestamp?
    package let state: BusinessState
    package let members: Int
    /// Moves with every change.
    package let version: Int
  }

  package func run(in snapshot: Snapshot) throws -> Detail {
    let settings = try snapshot.businessSettings()
    let state = try snapshot.businessState()
    let found = try snapshot.row(
      {
        (
          slug: String, currency: String, month: Int, rounding: Rounding, tier: SubscriptionTier,
          subscription: SubscriptionStatus,
          expires: Timestamp?, members: Int
        ) in
        Detail(
          slug: slug, settings: settings.settings, baseCurrency: currency, firstMonth: month,
          rounding: rounding, tier: tier, subscription: subscription, subscriptionExpires: expires,
          state: state,
          members: members, version: settings.version)
      },
      """
      SELECT slug, base_currency, fiscal_year_start_month, rounding, subscription_tier,
        subscription_status, subscription_expires_at, (SELECT count(*) FROM business_memberships
          WHERE business_id = :business AND status IN ('active', 'pending'))
      FROM businesses WHERE id = :business
      """)
    guard let found else { throw StoreError.noRow }
    return found
  }
}

/// Changes what the business is called, where it is and how it works.
package struct UpdateBusiness: Command {
  package static let permission: Permission? = .businessSettingsEdit
  package static let operation = "business.update"
  package static let event = AuditEvent.update
  let business: ID<Business>
  let settings: BusinessSettings
  let version: Int

  /// `version` is that of what was looked at.
  package init(_ business: ID<Business>, settings: BusinessSettings, version: Int) {
    self.business = business
    self.settings = settings
    self.version = version
  }

  package var subject: Subject { .business(business) }

  package func run(in change: Change) throws {
    try change.requireOwn(business)
    let now = try change.businessSettings()
    guard now.version == version else { throw Refusal.changedMeanwhile }
    try settings.check()
    // What is kept for less long takes two owners (RULES §4.9, audit.retention).
    guard settings.retentionYears >= now.settings.retentionYears else {
      throw Refusal.business(.shorterRetention)
    }
    if settings.allowsSelfApproval, !now.settings.allowsSelfApproval {
      try requireOwner(in: change, or: .selfApprovalByOwners)
    }
    if settings.allowsOwnPosting, !now.settings.allowsOwnPosting {
      try requireOwner(in: change, or: .ownPostingByOwners)
    }
    try write(in: change)
  }

  /// That one person may do what takes two is for who owns the business (RULES §4.6).
  private func requireOwner(in change: Change, or problem: BusinessProblem) throws {
    guard let user = change.actor.user else { return }
    guard change.actor.key == nil else { throw Refusal.business(problem) }
    let role = try change.ownRights(of: user, for: Self.permission).person.role
    guard role == .owner else { throw Refusal.business(problem) }
  }

  private func write(in change: Change) throws {
    let texts = settings.texts
    try change.execute(
      """
      UPDATE businesses SET name = :name, legal_name = coalesce(:legalName, ''),
        registration_number = :registration, tax_number = :tax, industry = :industry,
        size = :size, email = :email, phone = :phone, website = :website,
        address_line1 = :line1, address_line2 = :line2, city = :city, region = :region,
        postal_code = :postalCode, country = :country, timezone = :zone,
        idle_lock_minutes = :idle, self_approval = :own, own_posting = :ownPosting,
        posts_on_approval = :posts, open_periods_most = :periods, evidence_from = :evidence,
        budget_check = :budgetCheck, rate_age_days = :rateAge,
        audit_retention_years = :years, updated_at = :now, version = version + 1
      WHERE id = :business
      """,
      [
        "name": settings.name, "legalName": texts[.legalName],
        "registration": texts[.registrationNumber], "tax": texts[.taxNumber],
        "industry": texts[.industry], "size": settings.size, "email": texts[.email],
        "phone": texts[.phone], "website": texts[.website], "line1": texts[.addressLine1],
        "line2": texts[.addressLine2], "city": texts[.city], "region": texts[.region],
        "postalCode": texts[.postalCode], "country": texts[.country], "zone": settings.timeZone,
        "idle": settings.idleLockMinutes,
        "own": settings.allowsSelfApproval, "ownPosting": settings.allowsOwnPosting,
        "posts": settings.postsOnApproval, "periods": settings.openPeriodsMost,
        "evidence": settings.evidenceFrom, "budgetCheck": settings.budgetCheck,
        "rateAge": settings.rateAgeDays,
        "years": settings.retentionYears, "now": change.now,
      ])
  }
}

/// What stands against a change of a business.
package enum BusinessProblem: Hashable, Sendable {
  case slug(String)
  case textTooLong(BusinessText)
  case unknownTimeZone(String)
  case country(String)
  case idleLock
  case openPeriods
  case evidence
  case rateAge
  case retention
  /// Records are kept no shorter than was said.
  case shorterRetention
  /// Only an owner lets people approve what they made.
  case selfApprovalByOwners
  /// Nor lets them post what they wrote.
  case ownPostingByOwners
  case subscriptionOver
  /// What is in its books is kept.
  case everPosted
  case notByItsOnlyOwner
  /// Whoever owns none can make none.
  case onlyOneOwned

  var code: String {
    switch self {
    case .slug: "slug"
    case .textTooLong: "length"
    case .unknownTimeZone: "time-zone"
    case .country: "country"
    case .idleLock: "idle-lock"
    case .openPeriods: "open-periods"
    case .evidence: "evidence"
    case .rateAge: "rate-age"
    case .retention, .shorterRetention: "retention"
    case .selfApprovalByOwners, .ownPostingByOwners, .notByItsOnlyOwner: "owners-only"
    case .subscriptionOver: "time"
    case .everPosted: "posted"
    case .onlyOneOwned: "last-business"
    }
  }
}

extension BusinessSettings {
  fileprivate func check() throws {
    try name.requireName(of: .business, most: Self.nameMostCharacters)
    for text in texts.values { try text.requireSeen() }
    for (text, value) in texts
    where value.unicodeScalars.count > text.mostCharacters && text != .country {
      throw Refusal.business(.textTooLong(text))
    }
    try texts[.email]?.requireEmail()
    if let country = texts[.country], country.wholeMatch(of: /[A-Z]{2}/) == nil {
      throw Refusal.business(.country(country))
    }
    guard timeZone == "UTC" || TimeZone.knownTimeZoneIdentifiers.contains(timeZone) else {
      throw Refusal.business(.unknownTimeZone(timeZone))
    }
    guard (0...Self.idleLockMinutesMost).contains(idleLockMinutes) else {
      throw Refusal.business(.idleLock)
    }
    guard Self.openPeriodsMost.contains(openPeriodsMost) else {
      throw Refusal.business(.openPeriods)
    }
    guard evidenceFrom.map({ $0 >= .zero }) ?? true else { throw Refusal.business(.evidence) }
    guard Self.rateAgeDays.contains(rateAgeDays) else { throw Refusal.business(.rateAge) }
    guard Self.retentionYears.contains(retentionYears) else {
      throw Refusal.business(.retention)
    }
  }
}

extension Reading {
  /// Throws `noSuch` for any business but the one that this is in.
  func requireOwn(_ business: ID<Business>) throws {
    guard business == self.business else { throw Refusal.noSuch(.business(business)) }
  }

  fileprivate func businessSettings() throws -> (settings: BusinessSettings, version: Int) {
    typealias Found = (settings: BusinessSettings, version: Int)
    let found = try row(
      {
        (
          name: String, legalName: String, registration: String?, tax: String?, industry: String?,
          size: BusinessSize?, email: String?, phone: String?, website: String?, line1: String?,
          line2: String?, city: String?, region: String?, postalCode: String?, country: String?,
          zone: String, idle: Int, own: Bool, ownPosting: Bool, posts: Bool,
          periods: Int, evidence: Money?, budgetCheck: BudgetCheck, rateAge: Int, years: Int,
          version: Int
        ) -> Found in
        let texts: [(BusinessText, String?)] = [
          (.legalName, legalName.isEmpty ? nil : legalName), (.registrationNumber, registration),
          (.taxNumber, tax), (.industry, industry), (.email, email), (.phone, phone),
          (.website, website), (.addressLine1, line1), (.addressLine2, line2), (.city, city),
          (.region, region), (.postalCode, postalCode), (.country, country),
        ]
        let settings = BusinessSettings(
          name: name,
          texts: Dictionary(
            uniqueKeysWithValues: texts.compactMap { text, value in value.map { (text, $0) } }),
          size: size, timeZone: zone, idleLockMinutes: idle,
          allowsSelfApproval: own, allowsOwnPosting: ownPosting, postsOnApproval: posts,
          openPeriodsMost: periods, evidenceFrom: evidence, budgetCheck: budgetCheck,
          rateAgeDays: rateAge, retentionYears: years)
        return (settings, version)
      },
      """
      SELECT name, legal_name, registration_number, tax_number, industry, size, email, phone,
        website, address_line1, address_line2, city, region, postal_code, country, timezone,
        idle_lock_minutes, self_approval, own_posting, posts_on_approval,
        open_periods_most, evidence_from, budget_check, rate_age_days, audit_retention_years,
        version
      FROM businesses WHERE id = :business
      """)
    guard let found else { throw Refusal.noSuch(.business(business)) }
    return found
  }
}
