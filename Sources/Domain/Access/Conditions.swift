/// What a grant depends on besides who holds it: the closed grammar of RULES §4.3. What is nil
/// asks for nothing.
package struct Conditions: Hashable, Sendable {
  package var amountAtLeast: Money?
  package var amountAtMost: Money?
  /// Each with those below it.
  package var departments: Set<ID<Department>>?
  /// Each with those below it.
  package var accounts: Set<ID<Account>>?
  package var accountClasses: Set<AccountType.Class>?
  package var entryTypes: Set<EntryType>?
  package var sources: Set<EntrySource>?
  package var periods: Set<PeriodState>?
  /// One thing, and nothing else.
  package var thing: Thing?
  package var ownOnly = false
  /// What somebody made themselves is within their department whatever it names (RULES §4.9, D).
  package var ownCounts = false
  /// 1 is Monday.
  package var weekdays: Set<Int>?
  /// Hours of the business's day, from 0; the first belongs to it, the second doesn't.
  package var hours: Range<Int>?
  /// Terminals or addresses.
  package var origins: Set<String>?
  package var secondFactor = false
  package var reason = false

  package init() {}

  /// Which of them was looked at.
  package enum Name: String, Hashable, Sendable, CaseIterable {
    case amount
    case departments
    case accounts
    case accountClasses = "account classes"
    case entryTypes = "entry types"
    case sources
    case periods
    case thing
    case own
    case weekdays
    case hours
    case origins
    case secondFactor = "second factor"
  }

  /// In which period a thing is, as far as a grant may ask.
  package enum PeriodState: String, Hashable, Sendable, CaseIterable {
    case open
    case adjusting
  }
}

extension Conditions {
  /// How an allow and a deny look at what they depend on: an allow must cover the whole of a thing,
  /// and fails where it can't tell; a deny touches any part of it, and strikes where it can't tell.
  enum Strictness {
    case coveringAll
    case touchingAny
  }

  /// The first that doesn't hold of the moment and the place; nil where all hold.
  func broken(in circumstances: Circumstances, _ strictness: Strictness) -> Name? {
    if let weekdays, !weekdays.contains(circumstances.weekday) { return .weekdays }
    if let hours, !hours.contains(circumstances.hour) { return .hours }
    // A program's key comes from no place that is known.
    let isNowhere = circumstances.origins.isEmpty && strictness == .touchingAny
    if let origins, !isNowhere, origins.isDisjoint(with: circumstances.origins) {
      return .origins
    }
    return secondFactor && !circumstances.hasSecondFactor ? .secondFactor : nil
  }

  /// The first that doesn't hold of `resource`; nil where all hold.
  func broken(
    on resource: Resource, for person: ID<User>, _ strictness: Strictness
  ) -> Name? {
    let isOwn = resource.creator.map { $0 == person }
    let unknown = strictness == .touchingAny
    if ownOnly, !(isOwn ?? unknown) { return .own }
    if let amountAtLeast, !(resource.amount.map { $0 >= amountAtLeast } ?? unknown) {
      return .amount
    }
    if let amountAtMost, !(resource.amount.map { $0 <= amountAtMost } ?? unknown) {
      return .amount
    }
    if let thing, !(resource.thing.map { $0 == thing } ?? unknown) { return .thing }
    if !(ownCounts && isOwn == true),
      !strictness.holds(departments, of: resource.departments)
    {
      return .departments
    }
    if !strictness.holds(accounts, of: resource.accounts) { return .accounts }
    if !strictness.holds(accountClasses, of: resource.accountClasses) { return .accountClasses }
    if !strictness.holds(entryTypes, of: resource.entryType.map { [$0] }) { return .entryTypes }
    if !strictness.holds(sources, of: resource.source.map { [$0] }) { return .sources }
    // A period is open, adjusting or both: what is asked for is one of them.
    if let periods, !(resource.period.map { !$0.isDisjoint(with: periods) } ?? unknown) {
      return .periods
    }
    return nil
  }

  /// Whether they ask nothing of a thing, so that they hold of every one.
  var askNothingOfThings: Bool {
    var things = self
    things.weekdays = nil
    things.hours = nil
    things.origins = nil
    things.secondFactor = false
    things.reason = false
    things.ownCounts = false
    return things == Conditions()
  }
}

extension Conditions.Strictness {
  /// Whether `found`, nil where it isn't known, is within `wanted`, nil where anything is.
  fileprivate func holds<Element>(_ wanted: Set<Element>?, of found: Set<Element>?) -> Bool {
    guard let wanted else { return true }
    return switch self {
    case .coveringAll: found.map { !$0.isEmpty && $0.isSubset(of: wanted) } ?? false
    case .touchingAny: found.map { !$0.isDisjoint(with: wanted) } ?? true
    }
  }
}

extension Grant {
  /// Whether it speaks now and here, whatever it is about.
  func speaks(in circumstances: Circumstances) -> Bool {
    window.holds(circumstances.now)
      && conditions.broken(in: circumstances, effect == .deny ? .touchingAny : .coveringAll) == nil
  }
}
