package import Domain
import Store

/// What a new business is made of.
package struct BusinessPlan: Hashable, Sendable {
  package var name: String
  /// What the command line calls it: lower-case letters, digits and hyphens.
  package var slug: String
  package var baseCurrency: String
  /// 1 to 12.
  package var firstMonth: Int
  /// How its first fiscal year is divided, which holds the day on which it is made.
  package var shape: FiscalYearShape
  /// The first day of that year; nil is the first of its month.
  package var firstDay: Day?
  /// The last day of that year; nil is where such a year usually ends.
  package var lastDay: Day?
  package var chart: ChartTemplate?
  package var bands: [ApprovalPolicy.Band]
  package var tier: SubscriptionTier
  /// Fixed from then on (R28).
  package var rounding: Rounding

  package init(
    name: String, slug: String? = nil, baseCurrency: String, firstMonth: Int = 1,
    shape: FiscalYearShape = .months, firstDay: Day? = nil, lastDay: Day? = nil,
    chart: ChartTemplate?, bands: [ApprovalPolicy.Band] = [],
    tier: SubscriptionTier = .professional, rounding: Rounding = .halfAwayFromZero
  ) {
    self.name = name
    self.slug = slug ?? Self.slug(from: name)
    self.baseCurrency = baseCurrency
    self.firstMonth = firstDay?.month ?? firstMonth
    self.shape = shape
    self.firstDay = firstDay
    self.lastDay = lastDay
    self.chart = chart
    self.bands = bands
    self.tier = tier
    self.rounding = rounding
  }

  /// `Harbour & Sons` becomes `harbour-sons`.
  package static func slug(from name: String) -> String {
    let words = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    return words.isEmpty
      ? "business" : String(words.joined(separator: "-").prefix(slugMostCharacters))
  }

  /// The first of its fiscal years. Throws `year`, also where it wouldn't hold `day`.
  func fiscalYear(holding day: Day) throws -> FiscalYearPlan {
    let plan: FiscalYearPlan
    do throws(FiscalYearFault) {
      plan = try FiscalYearPlan(
        from: firstDay ?? FiscalYearPlan(holding: day, firstMonth: firstMonth).start,
        through: lastDay, shape)
    } catch { throw Refusal.year(.fault(error)) }
    guard (plan.start...plan.end).contains(day) else {
      throw Refusal.year(.notNow(plan.start, plan.end))
    }
    return plan
  }

  static let slugMostCharacters = 63

  static func isSlug(_ text: String) -> Bool {
    (1...slugMostCharacters).contains(text.utf8.count) && !text.hasPrefix("-")
      && text.utf8.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
      }
  }
}

/// Makes the business whose scope it runs in: its row, currencies, chart, fiscal year with the
/// current period open, and its first owner.
struct FoundBusiness: Command {
  /// The founder's right is checked where they hold it; here nobody has a role yet.
  static let permission: Permission? = nil
  static let operation = Permission.businessCreate.rawValue
  static let event = AuditEvent.create
  let business: ID<Business>
  let plan: BusinessPlan
  let owner: ID<User>

  var subject: Subject { Subject(.business, business.value, name: plan.name) }

  func run(in change: Change) throws {
    _ = try change.insertMember(owner, role: .owner, status: "active")
    try insertCurrencies(in: change)
    for band in plan.bands {
      try change.execute(
        """
        INSERT INTO approval_bands (business_id, minimum_amount, role)
        VALUES (:business, :minimum, :role)
        """, ["minimum": band.minimum, "role": band.role])
    }
    try change.insertFiscalYear(plan.fiscalYear(holding: change.now.day))
    if let chart = plan.chart { try insertAccounts(of: chart, in: change) }
  }

  /// The row itself and the head of its chain, which its first audit record needs.
  static func insertRow(_ plan: BusinessPlan, in change: Change) throws {
    try change.execute(
      """
      INSERT INTO businesses (id, name, slug, base_currency, fiscal_year_start_month,
        rounding, subscription_tier, created_at, updated_at)
      VALUES (:business, :name, :slug, :currency, :month, :rounding, :tier, :now, :now)
      """,
      [
        "name": plan.name, "slug": plan.slug, "currency": plan.baseCurrency,
        "month": plan.firstMonth, "rounding": plan.rounding, "tier": plan.tier, "now": change.now,
      ])
    try AuditTrail.begin(of: change.business, in: change)
  }

  private func insertCurrencies(in change: Change) throws {
    for currency in Currency.iso { try change.insertCurrency(currency) }
    if Currency.iso(plan.baseCurrency) == nil {
      throw Refusal.account(.unknownCurrency(plan.baseCurrency))
    }
  }

  private func insertAccounts(of chart: ChartTemplate, in change: Change) throws {
    var ids: [String: ID<Account>] = [:]
    for account in chart.accounts {
      let content = AccountContent(
        number: account.number, name: account.name, parent: account.parent.flatMap { ids[$0] },
        type: account.type, category: account.category, isHeader: account.isHeader,
        isControl: account.isControl, closes: account.closes, revalues: account.revalues,
        isSystem: account.isSystem)
      ids[account.number] = try CreateAccount(content).run(in: change)
    }
  }
}

extension Change {
  func insertCurrency(_ currency: Currency) throws {
    try execute(
      """
      INSERT INTO currencies (business_id, code, exponent, symbol, name)
      VALUES (:business, :code, :exponent, :symbol, :name)
      """,
      [
        "code": currency.code, "exponent": currency.exponent, "symbol": currency.symbol,
        "name": currency.name,
      ])
  }

  /// A year and its periods; the one that holds today is open where one more may be (R19), what came
  /// before or comes after isn't yet. A period that is called as one of another year is called by its
  /// first day.
  func insertFiscalYear(_ plan: FiscalYearPlan) throws {
    try execute(
      """
      INSERT INTO fiscal_years (business_id, year, start_date, end_date, status)
      VALUES (:business, :year, :start, :end, 'open')
      """, ["year": plan.year, "start": plan.start, "end": plan.end])
    let today = try today()
    for period in plan.periods {
      let isCurrent =
        period.kind == .normal && period.start <= today && today <= period.end
      try execute(
        """
        INSERT INTO accounting_periods (business_id, fiscal_year, number, name, kind, start_date,
          end_date, status)
        VALUES (:business, :year, :number,
          CASE WHEN :kind = 'normal' AND EXISTS (SELECT 1 FROM accounting_periods
            WHERE business_id = :business AND name = :name) THEN :start ELSE :name END,
          :kind, :start, :end, :status)
        """,
        [
          "year": plan.year, "number": period.number, "name": period.name, "kind": period.kind,
          "start": period.start, "end": period.end,
          "status": try isCurrent && hasRoomForMonth() ? PeriodStatus.open : .future,
        ])
    }
    try postScheduledReversals()
    _ = try runSchedules()
  }

  func insertMember(
    _ user: ID<User>, role: Role, status: String, department: ID<Department>? = nil,
    limit: Money? = nil, jobTitle: String = "", invitationHash: String? = nil,
    invitationExpires: Timestamp? = nil
  ) throws -> ID<Membership> {
    try insert(
      Membership.self,
      """
      INSERT INTO business_memberships (business_id, user_id, role, job_title, department_id,
        spending_limit, status, invitation_hash, invitation_expires_at, invited_by, joined_at,
        created_at, updated_at)
      VALUES (:business, :user, :role, :title, :department, :limit, :status, :hash, :expires,
        :actor, CASE WHEN :status = 'active' THEN :now END, :now, :now)
      """,
      [
        "user": user, "role": role, "title": jobTitle, "department": department, "limit": limit,
        "status": status, "hash": invitationHash, "expires": invitationExpires,
        "actor": actor.user == user ? nil : actor.user, "now": now,
      ])
  }

  func insertUser(email: String, name: String, passwordHash: String?) throws -> ID<User> {
    try insert(
      User.self,
      """
      INSERT INTO users (email, display_name, password_hash, status, created_at, updated_at)
      SELECT :email, :name, :hash, CASE WHEN :hash IS NULL THEN 'pending' ELSE 'active' END,
        :now, :now
      WHERE :business IS NOT NULL
      """, ["email": email, "name": name, "hash": passwordHash, "now": now])
  }
}
