import Domain

/// One business of the demonstration: who it is, and everything that happened in it.
protocol DemonstrationBusiness: Sendable {
  var plan: BusinessPlan { get }
  /// The owner first.
  var members: [DemonstrationMember] { get }
  /// Those above before those below.
  var departments: [DemonstrationDepartment] { get }
  /// What it needs beyond its chart's template.
  var accounts: [DemonstrationAccount] { get }
  /// The last moment of its books so far.
  var end: Timestamp { get }
  func diary() throws -> DemonstrationDiary
}

extension DemonstrationBusiness {
  var owner: DemonstrationMember {
    guard let owner = members.first else { preconditionFailure("every business has an owner") }
    return owner
  }
}

struct DemonstrationMember: Sendable {
  let email: String
  let name: String
  let role: Role
  let title: String
  /// The code of their department.
  let department: String?
}

struct DemonstrationDepartment: Sendable {
  let code: String
  let name: String
  let type: DepartmentType
  let parent: String?
}

struct DemonstrationAccount: Sendable {
  let number: String
  let name: String
  /// The number of the heading it stands under.
  let parent: String
  let type: AccountType
  let category: AccountCategory
}

/// Something that somebody did at some time.
struct DemonstrationStep: Sendable {
  let at: Timestamp
  let by: Role
  let deed: Deed

  enum Deed: Sendable {
    case enter(DemonstrationEntry, EntryEnding)
    case approve(Int)
    case reject(Int, reason: String)
    /// Corrects what was rejected and submits it again.
    case resubmit(Int, DemonstrationEntry)
    case reverse(Int, reason: String)
    case openYear(holding: Day)
    case openPeriod(holding: Day)
    case closePeriod(holding: Day)
    case closeYear(Int)
  }

  /// What the program does by itself, in nobody's name.
  var isOfSystem: Bool {
    switch deed {
    case .openYear, .openPeriod, .closePeriod, .closeYear: true
    case .enter, .approve, .reject, .resubmit, .reverse: false
    }
  }
}

/// An entry before its accounts are known by id.
struct DemonstrationEntry: Sendable {
  /// What later steps call it.
  let key: Int
  var date: Day
  let description: String
  var lines: [Line]
  var source = EntrySource.manual
  var type = EntryType.standard
  var payee = ""
  var reference = ""
  var notes = ""

  struct Line: Sendable {
    /// The account's.
    let number: String
    /// Debit-positive, in minor units of the base currency.
    var amount: Int64
    /// The code of a department.
    var department: String?
    var description = ""

    init(_ number: String, _ amount: Int64, _ department: String? = nil) {
      self.number = number
      self.amount = amount
      self.department = department
    }
  }

  /// Σ debits.
  var total: Money {
    Money(minorUnits: lines.reduce(0) { $0 + max(0, $1.amount) })
  }
}
