package import Domain
package import Store

/// What a person says of an account.
package struct AccountContent: Hashable, Sendable {
  /// How many stand in a chain, the root among them (R7).
  static let mostLevels = 8
  static let mostNumberCharacters = 32
  static let mostNameCharacters = 200
  static let mostDescriptionCharacters = 1_000

  package var number: String
  package var name: String
  package var parent: ID<Account>?
  package var type: AccountType
  package var category: AccountCategory
  package var isHeader: Bool
  package var isControl: Bool
  /// Nil takes any currency.
  package var currency: String?
  package var closes: Bool
  package var revalues: Bool
  package var requiresDepartment: Bool
  /// That of lines that name none (RULES R34).
  package var usualDepartment: ID<Department>?
  package var isSystem: Bool
  /// Nil where its category says (RULES §3.11).
  package var cashFlow: CashFlowClass?
  /// This and what follows is empty where nobody said.
  package var description: String
  package var bankName: String
  /// The account's at the bank.
  package var bankNumber: String
  /// The bank's own: a sort code, a BIC.
  package var bankCode: String

  package init(
    number: String, name: String, parent: ID<Account>? = nil, type: AccountType,
    category: AccountCategory? = nil, isHeader: Bool = false, isControl: Bool = false,
    currency: String? = nil, closes: Bool = false, revalues: Bool = false,
    requiresDepartment: Bool = false, usualDepartment: ID<Department>? = nil,
    isSystem: Bool = false, cashFlow: CashFlowClass? = nil, description: String = "",
    bankName: String = "", bankNumber: String = "", bankCode: String = ""
  ) {
    self.number = number
    self.name = name
    self.parent = parent
    self.type = type
    self.category = category ?? .usual(for: type)
    self.isHeader = isHeader
    self.isControl = isControl
    self.currency = currency
    self.closes = closes
    self.revalues = revalues
    self.requiresDepartment = requiresDepartment
    self.usualDepartment = usualDepartment
    self.isSystem = isSystem
    self.cashFlow = cashFlow
    self.description = description
    self.bankName = bankName
    self.bankNumber = bankNumber
    self.bankCode = bankCode
  }
}

/// What can be said of an account, in the order in which its form asks.
package enum AccountAttribute: Hashable, Sendable, CaseIterable {
  case number
  case name
  case parent
  case type
  case category
  case heading
  case control
  case currency
  case closes
  case revalues
  case department
  case usualDepartment
  case cashFlow
  case description
  case bankName
  case bankNumber
  case bankCode

  /// In code points; nil where something else bounds it.
  package var mostCharacters: Int? {
    switch self {
    case .name: AccountContent.mostNameCharacters
    case .description: AccountContent.mostDescriptionCharacters
    case .bankName: 100
    case .bankNumber: 64
    case .bankCode: 34
    case .number, .parent, .type, .category, .heading, .control, .currency, .closes, .revalues,
      .department, .usualDepartment, .cashFlow:
      nil
    }
  }
}

extension AccountContent {
  /// What can be told of it without the books (RULES §3.1, §3.2).
  package var problems: [AccountProblem] {
    var problems: [AccountProblem] = []
    let trimmed = number.trimmingSpaces
    if !(1...Self.mostNumberCharacters).contains(trimmed.count) || trimmed != number {
      problems.append(.numberInvalid)
    }
    if name.trimmingSpaces.isEmpty { problems.append(.nameMissing) }
    if !category.types.contains(type) { problems.append(.categoryOfOtherType(category, type)) }
    if category == .dividends, !closes { problems.append(.dividendsClose) }
    if cashFlow == .cash, type.isTemporary { problems.append(.neverCash) }
    for attribute in AccountAttribute.allCases {
      if says(attribute), let objection = objection(to: attribute) { problems.append(objection) }
      if let most = attribute.mostCharacters, text(of: attribute).unicodeScalars.count > most {
        problems.append(.tooLong(attribute, most: most))
      }
    }
    return problems
  }

  /// Why `attribute` is nothing for such an account; nil where it can be said of it.
  package func objection(to attribute: AccountAttribute) -> AccountProblem? {
    let isAssetOrLiability = type.accountClass == .asset || type.accountClass == .liability
    return switch attribute {
    case .control, .currency, .department, .usualDepartment, .cashFlow:
      isHeader ? .notOfHeading(attribute) : nil
    case .revalues:
      isHeader
        ? .notOfHeading(attribute)
        : isAssetOrLiability && !category.isOfThings ? nil : .notMonetary
    case .closes:
      isAssetOrLiability
        ? .neverCloses
        : [.retainedEarnings, .incomeSummary].contains(category) ? .resultStays : nil
    case .bankName, .bankNumber, .bankCode:
      isHeader || category != .bank ? .onlyOfBanks(attribute) : nil
    case .number, .name, .parent, .type, .category, .heading, .description: nil
    }
  }

  /// Whether something is said that not every account can have.
  private func says(_ attribute: AccountAttribute) -> Bool {
    switch attribute {
    case .control: isControl
    case .currency: currency != nil
    case .closes: closes
    case .revalues: revalues
    case .department: requiresDepartment
    case .usualDepartment: usualDepartment != nil
    case .cashFlow: cashFlow != nil
    case .bankName, .bankNumber, .bankCode: !text(of: attribute).isEmpty
    case .number, .name, .parent, .type, .category, .heading, .description: false
    }
  }

  private func text(of attribute: AccountAttribute) -> String {
    switch attribute {
    case .number: number
    case .name: name
    case .description: description
    case .bankName: bankName
    case .bankNumber: bankNumber
    case .bankCode: bankCode
    case .parent, .type, .category, .heading, .control, .currency, .closes, .revalues,
      .department, .usualDepartment, .cashFlow:
      ""
    }
  }

  /// Throws `unseenCharacter`.
  func requireSeen() throws(Refusal) {
    for attribute in AccountAttribute.allCases { try text(of: attribute).requireSeen() }
  }
}

/// What two accounts must have alike for the lines of one to fit the other.
package struct AccountTraits: Hashable, Sendable {
  package let type: AccountType
  package let isControl: Bool
  package let currency: String?
  package let closes: Bool
  package let revalues: Bool
  package let requiresDepartment: Bool

  /// The first that isn't alike; nil where all are.
  package func difference(from other: AccountTraits) -> AccountAttribute? {
    if type != other.type { return .type }
    if isControl != other.isControl { return .control }
    if currency != other.currency { return .currency }
    if closes != other.closes { return .closes }
    if revalues != other.revalues { return .revalues }
    return requiresDepartment != other.requiresDepartment ? .department : nil
  }
}

/// An account with all that is said of it, to be changed by `UpdateAccount`: its bank's number too,
/// which only whoever may change it sees (RULES §6.5).
package struct AccountToEdit: Query {
  package static let permission: Permission? = .accountEdit
  let account: ID<Account>

  package init(_ account: ID<Account>) { self.account = account }

  package struct Value: Hashable, Sendable {
    package let id: ID<Account>
    package var content: AccountContent
    /// What `UpdateAccount` asks for, to find out whether somebody was faster.
    package let version: Int
    /// Whether something is posted to it, so that type, currency and heading stay (R8).
    package let isPosted: Bool

    package var label: String { "\(content.number) \(content.name)" }
  }

  package func run(in snapshot: Snapshot) throws -> Value {
    let (content, version) = try snapshot.content(of: account)
    let all = snapshot.whole
    if let user = all.actor.user {
      try all.rights(of: user, for: .accountEdit).decide(
        .accountEdit, on: all.resource(of: account), in: all.circumstances()
      ).require()
    }
    return Value(
      id: account, content: content, version: version,
      isPosted: try snapshot.whole.hasLines(account, inLedgerOnly: true))
  }
}

extension Reading {
  /// What is said of an account, and the version of that. Throws `noSuch`.
  func content(of account: ID<Account>) throws -> (content: AccountContent, version: Int) {
    let found = try row(
      {
        (
          number: String, name: String, parent: ID<Account>?, type: AccountType,
          category: AccountCategory, isHeader: Bool, isControl: Bool, currency: String?,
          closes: Bool, revalues: Bool, requiresDepartment: Bool,
          usualDepartment: ID<Department>?, isSystem: Bool,
          cashFlow: CashFlowClass?, description: String, bankName: String, bankNumber: String,
          bankCode: String, version: Int
        ) in
        let content = AccountContent(
          number: number, name: name, parent: parent, type: type, category: category,
          isHeader: isHeader, isControl: isControl, currency: currency, closes: closes,
          revalues: revalues, requiresDepartment: requiresDepartment,
          usualDepartment: usualDepartment, isSystem: isSystem, cashFlow: cashFlow,
          description: description, bankName: bankName, bankNumber: bankNumber,
          bankCode: bankCode)
        return (content: content, version: version)
      },
      """
      SELECT number, name, parent_id, type, category, is_header, is_control, currency, closes,
        revalue, requires_department, (SELECT d.id FROM departments d
          WHERE d.business_id = :business AND d.id = usual_department_id AND d.deleted_at IS NULL),
        is_system, cash_flow_class, description, coalesce(bank_name, ''),
        coalesce(bank_account_number, ''), coalesce(bank_code, ''), version
      FROM accounts
      WHERE business_id = :business AND id = :account AND deleted_at IS NULL
      """, ["account": account])
    guard let found else { throw Refusal.noSuch(.account(account)) }
    return found
  }
}
