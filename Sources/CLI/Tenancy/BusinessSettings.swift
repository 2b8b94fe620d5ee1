import ArgumentParser
import Domain
import Operations

struct BusinessShow: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show what the business is and how it works.",
    discussion: "Example: coreflow business show --format json")

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let fields = try await seat.fetch(BusinessDetail()).fields(at: seat)
    let table = Table(fields.map(\.0), [fields.map(\.1)])
    let people = Table(
      ["field", "value"], fields.map { [.text($0.0.replacing("_", with: " ")), $0.1] })
    try Output(to: surroundings, output).show(
      table, json: table.json.first ?? .null, text: people.text)
  }
}

extension BusinessDetail.Detail {
  /// Under the names that scripts know.
  fileprivate func fields(at seat: Seat) -> [(String, Table.Cell)] {
    [
      ("slug", .text(slug)), ("name", .text(settings.name)), ("status", .text(state.rawValue)),
      ("subscription_tier", .text(tier.rawValue)),
      ("subscription_status", .text(subscription.rawValue)),
      ("subscription_expires_at", .optional(subscriptionExpires?.text)),
      ("members", .count(members)),
      ("member_limit", tier.mostMembers.map(Table.Cell.count) ?? .none),
      ("calls_per_hour", .count(tier.mostCallsPerHour)),
      ("takes_changes", .flag(state == .active)),
      ("base_currency", .text(baseCurrency)),
      ("fiscal_year_start_month", .count(firstMonth)), ("rounding", .text(rounding.rawValue)),
    ]
      + BusinessText.allCases.map { ($0.field, .optional(settings.texts[$0])) }
      + [
        ("size", .optional(settings.size?.rawValue)), ("time_zone", .text(settings.timeZone)),
        ("idle_lock_minutes", .count(settings.idleLockMinutes)),
        ("self_approval", .flag(settings.allowsSelfApproval)),
        ("own_posting", .flag(settings.allowsOwnPosting)),
        ("posts_on_approval", .flag(settings.postsOnApproval)),
        ("open_periods_most", .count(settings.openPeriodsMost)),
        ("evidence_from", settings.evidenceFrom.map(seat.amount) ?? .none),
        ("budget_check", .text(settings.budgetCheck.rawValue)),
        ("rate_age_days", .count(settings.rateAgeDays)),
        ("retention_years", .count(settings.retentionYears)),
      ]
  }
}

extension BusinessText {
  fileprivate var field: String {
    switch self {
    case .legalName: "legal_name"
    case .registrationNumber: "registration_number"
    case .taxNumber: "tax_number"
    case .email: "email"
    case .addressLine1: "address_line1"
    case .addressLine2: "address_line2"
    case .postalCode: "postal_code"
    case .industry, .phone, .website, .city, .region, .country: rawValue
    }
  }
}

extension BusinessSize: ExpressibleByArgument {}
extension BudgetCheck: ExpressibleByArgument {}

enum Switch: String, ExpressibleByArgument, CaseIterable {
  case on
  case off
}

struct BusinessUpdate: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Change what is given of a business; what is left out stays.",
    discussion: """
      Example: coreflow business update --time-zone Europe/Vienna --self-approval off
      A text given as - is taken away.
      """)

  @Option(help: "Its name.")
  var name: String?
  @Option(help: "What it is called before the law.")
  var legalName: String?
  @Option(help: "Its number in the register of companies.")
  var registrationNumber: String?
  @Option(help: "Its tax number.")
  var taxNumber: String?
  @Option(help: "What it does.")
  var industry: String?
  @Option(help: "micro, small, medium, large or enterprise.")
  var size: BusinessSize?
  @Option(help: "Where to write to.")
  var email: String?
  @Option(help: "Its telephone number.")
  var phone: String?
  @Option(help: "Its website.")
  var website: String?
  @Option(help: "The first line of its address.")
  var address: String?
  @Option(help: "The second line of its address.")
  var address2: String?
  @Option(help: "The city.")
  var city: String?
  @Option(help: "The region or state.")
  var region: String?
  @Option(help: "The postal code.")
  var postalCode: String?
  @Option(help: "The country, as two capital letters.")
  var country: String?
  @Option(help: "By which clock it works: Europe/Vienna.")
  var timeZone: String?
  @Option(help: "After how many minutes without a key screens lock; 0 for never.")
  var idleLock: Int?
  @Option(
    help:
      "on or off: may people approve what they made where nobody else may? Only an owner turns it on."
  )
  var selfApproval: Switch?
  @Option(
    help: "on or off: may people post what they wrote? Off needs a second person for every entry.")
  var ownPosting: Switch?
  @Option(help: "on or off: does the last approval post at once?")
  var postsOnApproval: Switch?
  @Option(help: "How many periods may be open at once.")
  var openPeriods: Int?
  @Option(help: "From which amount on entries need a file that proves them; - for never.")
  var evidenceFrom: String?
  @Option(help: "none, warn or block: what becomes of an entry that takes more than is budgeted?")
  var budgetCheck: BudgetCheck?
  @Option(help: "For how many days after its own a rate holds.")
  var rateAge: Int?
  @Option(help: "For how many years records are kept.")
  var retentionYears: Int?

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let now = try await seat.fetch(BusinessDetail())
    var settings = changed(now.settings)
    if let evidenceFrom {
      settings.evidenceFrom =
        ["-", ""].contains(evidenceFrom.trimmed) ? nil : try seat.money(evidenceFrom)
    }
    guard settings != now.settings else {
      throw ValidationError("nothing to change: say what, as in --time-zone Europe/Vienna")
    }
    try await seat.perform(
      UpdateBusiness(seat.principal.business, settings: settings, version: now.version))
    try Output(to: surroundings, output).say("Changed the business \(settings.name).")
  }

  private func changed(_ settings: BusinessSettings) -> BusinessSettings {
    var settings = settings
    let texts: [(BusinessText, String?)] = [
      (.legalName, legalName), (.registrationNumber, registrationNumber), (.taxNumber, taxNumber),
      (.industry, industry), (.email, email), (.phone, phone), (.website, website),
      (.addressLine1, address), (.addressLine2, address2), (.city, city), (.region, region),
      (.postalCode, postalCode), (.country, country),
    ]
    for case (let text, let value?) in texts {
      settings.texts[text] = ["-", ""].contains(value.trimmed) ? nil : value.trimmed
    }
    if let name { settings.name = name.trimmed }
    if let size { settings.size = size }
    if let timeZone { settings.timeZone = timeZone.trimmed }
    if let idleLock { settings.idleLockMinutes = idleLock }
    if let selfApproval { settings.allowsSelfApproval = selfApproval == .on }
    if let ownPosting { settings.allowsOwnPosting = ownPosting == .on }
    if let postsOnApproval { settings.postsOnApproval = postsOnApproval == .on }
    if let openPeriods { settings.openPeriodsMost = openPeriods }
    if let budgetCheck { settings.budgetCheck = budgetCheck }
    if let rateAge { settings.rateAgeDays = rateAge }
    if let retentionYears { settings.retentionYears = retentionYears }
    return settings
  }
}
