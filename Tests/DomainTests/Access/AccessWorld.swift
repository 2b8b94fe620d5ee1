import Domain

/// Random facts about access, as plain as the rules tell of them, and an answer worked out from them
/// by following RULES §4.2 word by word, without any code of the resolver's.
struct AccessWorld {
  struct Limits {
    var own: Bool
    var ownCounts = false
    var departments: Set<Int64>?
    var accounts: Set<Int64>?
    var atLeast: Int64?
    var atMost: Int64?
    var types: Set<EntryType>?
    var weekdays: Set<Int>?
    var hours: Range<Int>?
    var origin: String?
    var secondFactor = false
    var classes: Set<AccountType.Class>?
    var sources: Set<EntrySource>?
    var periods: Set<Conditions.PeriodState>?
    /// One thing; what is asked about is 0.
    var thing: Int64?
  }

  struct Line {
    let id: Int64
    let allows: Bool
    let pattern: String
    let limits: Limits
    let limit: Int64?
    let start: Int64?
    let end: Int64?
  }

  struct ListRow {
    let party: Int
    let level: Int
    let mayShare: Bool
    let mayExport: Bool
    let end: Int64?
  }

  struct Holder {
    let id: Int64
    let role: Role
    let departments: Set<Int64>
    let memberOf: Set<Int64>
    let isInGroup: Bool
    let limit: Int64?
    let lines: [Line]
  }

  struct Loan {
    let id: Int64
    let pattern: String
    let departments: Set<Int64>?
    let cap: Int64?
    let start: Int64
    let end: Int64
    let lender: Holder
  }

  struct Object {
    let creator: Int64?
    let departments: Set<Int64>?
    let accounts: Set<Int64>?
    let amount: Int64?
    let type: EntryType?
    let classes: Set<AccountType.Class>?
    let source: EntrySource?
    let periods: Set<Conditions.PeriodState>?
    let involved: [Int64: Involvement]
    let allowsSelf: Bool
    let ownPosting: Bool
    let writers: Set<Int64>
    let confirmed: Bool
    let roles: Set<Role>?
    let concerned: Int64?
    let lists: [[ListRow]]
  }

  let active: Bool
  let user: Holder
  let loans: [Loan]
  let key: [String]?
  let glass: Bool
  let now: Int64
  let hour: Int
  let weekday: Int
  let origins: Set<String>
  let secondFactor: Bool
  let permission: Permission
  let object: Object
}

extension AccessWorld {
  /// 24 November 2026, a Tuesday, at some hour.
  private static let midnight: Int64 = 1_795_478_400_000

  init(using chance: inout SplitMix) {
    let hour = Int.random(in: 0..<24, using: &chance)
    let now = Self.midnight + Int64(hour) * 3_600_000 + 1_000
    let permission = Self.permissions.randomElement(using: &chance) ?? .journalRead
    self.hour = hour
    self.now = now
    weekday = 2
    self.permission = permission
    active = Bool.mostly(using: &chance)
    user = Self.user(1, now, permission, using: &chance)
    key = Bool.rarely(using: &chance) ? [Self.pattern(permission, using: &chance)] : nil
    glass = Bool.rarely(using: &chance)
    origins = [["tty1", "here"], ["tty2"], []].randomElement(using: &chance) ?? []
    secondFactor = Bool.random(using: &chance)
    loans = (0..<Int.random(in: 0...2, using: &chance)).map { index in
      Loan(
        id: Int64(index), pattern: Self.pattern(permission, using: &chance),
        departments: Self.maybe(Self.departments, using: &chance),
        cap: Bool.random(using: &chance) ? Int64.random(in: 0...10, using: &chance) : nil,
        start: now + Int64.random(in: -2...1, using: &chance),
        end: now + Int64.random(in: 0...2, using: &chance) + 1,
        lender: Self.user(10 + Int64(index), now, permission, using: &chance))
    }
    object = Self.object(now, using: &chance)
  }

  private static let permissions: [Permission] = [
    .journalRead, .journalApprove, .journalPost, .journalVoid, .journalEditAny, .auditRead,
    .reportExport, .permissionManage, .userRoleAssign, .userSuspend, .periodLock, .breakglassUse,
    .journalReverse, .accountArchive,
  ]

  private static func user(
    _ id: Int64, _ now: Int64, _ permission: Permission, using chance: inout SplitMix
  ) -> Holder {
    Holder(
      id: id, role: Role.allCases.randomElement(using: &chance) ?? .viewer,
      departments: departments(using: &chance), memberOf: departments(using: &chance),
      isInGroup: Bool.random(using: &chance),
      limit: Bool.random(using: &chance) ? Int64.random(in: 0...10, using: &chance) : nil,
      lines: (0..<Int.random(in: 0...4, using: &chance)).map {
        line(Int64($0), now, permission, using: &chance)
      })
  }

  private static func line(
    _ id: Int64, _ now: Int64, _ permission: Permission, using chance: inout SplitMix
  ) -> Line {
    var limits = Limits(own: Bool.rarely(using: &chance))
    limits.departments = maybe(departments, using: &chance)
    limits.accounts = maybe(departments, using: &chance)
    if Bool.rarely(using: &chance) { limits.atLeast = Int64.random(in: 0...9, using: &chance) }
    if Bool.rarely(using: &chance) { limits.atMost = Int64.random(in: 0...9, using: &chance) }
    if Bool.rarely(using: &chance) { limits.types = [.standard] }
    if Bool.rarely(using: &chance) { limits.weekdays = [Int.random(in: 1...3, using: &chance)] }
    if Bool.rarely(using: &chance) { limits.hours = 6..<18 }
    if Bool.rarely(using: &chance) { limits.origin = "tty1" }
    limits.secondFactor = Bool.rarely(using: &chance)
    limits.ownCounts = Bool.rarely(using: &chance)
    if Bool.rarely(using: &chance) { limits.classes = some(of: classes, using: &chance) }
    if Bool.rarely(using: &chance) { limits.sources = [.manual] }
    if Bool.rarely(using: &chance) { limits.periods = [.open] }
    if Bool.rarely(using: &chance) { limits.thing = Bool.mostly(using: &chance) ? 0 : 1 }
    return Line(
      id: id, allows: Int.random(in: 0..<3, using: &chance) > 0,
      pattern: pattern(permission, using: &chance), limits: limits,
      limit: Bool.random(using: &chance) ? Int64.random(in: 0...10, using: &chance) : nil,
      start: Bool.mostly(using: &chance) ? nil : now + Int64.random(in: -1...1, using: &chance),
      end: Bool.mostly(using: &chance) ? nil : now + Int64.random(in: 0...2, using: &chance))
  }

  private static func object(
    _ now: Int64, using chance: inout SplitMix
  ) -> Object {
    var involved: [Int64: Involvement] = [:]
    for user: Int64 in [1, 10, 11] where Bool.rarely(using: &chance) {
      involved[user] = Bool.random(using: &chance) ? .edited : .decided
    }
    return Object(
      creator: [1, 2, nil].randomElement(using: &chance) ?? nil,
      departments: Bool.mostly(using: &chance) ? departments(using: &chance) : nil,
      accounts: Bool.mostly(using: &chance) ? departments(using: &chance) : nil,
      amount: Bool.mostly(using: &chance) ? Int64.random(in: 0...10, using: &chance) : nil,
      type: [.standard, .adjusting, nil].randomElement(using: &chance) ?? nil,
      classes: Bool.mostly(using: &chance) ? some(of: classes, using: &chance) : nil,
      source: [.manual, .imported, nil].randomElement(using: &chance) ?? nil,
      periods: [[], [.open], [.adjusting], [.open, .adjusting], nil].randomElement(using: &chance)
        ?? nil,
      involved: involved, allowsSelf: Bool.rarely(using: &chance),
      ownPosting: Bool.random(using: &chance),
      writers: Set([1, 10, 11].filter { _ in Bool.rarely(using: &chance) }),
      confirmed: Bool.random(using: &chance),
      roles: Bool.mostly(using: &chance)
        ? [Role.allCases.randomElement(using: &chance) ?? .viewer] : nil,
      concerned: [1, 2, nil].randomElement(using: &chance) ?? nil,
      lists: (0..<(Bool.rarely(using: &chance) ? 2 : 0)).map { _ in
        (0..<Int.random(in: 0...3, using: &chance)).map { _ in
          ListRow(
            party: Int.random(in: 0..<7, using: &chance),
            level: Int.random(in: 0..<5, using: &chance), mayShare: Bool.random(using: &chance),
            mayExport: Bool.random(using: &chance),
            end: Bool.rarely(using: &chance) ? now : nil)
        }
      })
  }

  private static func pattern(
    _ permission: Permission, using chance: inout SplitMix
  ) -> String {
    let noun = permission.rawValue.prefix { $0 != "." }
    return ["*", "\(noun).*", permission.rawValue, "budget.*"].randomElement(using: &chance) ?? "*"
  }

  private static let classes: [AccountType.Class] = [.asset, .expense]

  private static func some<Element: Hashable>(
    of all: [Element], using chance: inout SplitMix
  ) -> Set<Element> {
    Set(all.filter { _ in Bool.random(using: &chance) })
  }

  private static func departments(
    using chance: inout SplitMix
  ) -> Set<Int64> {
    Set((1...3).filter { _ in Bool.random(using: &chance) })
  }

  private static func maybe(
    _ make: (inout SplitMix) -> Set<Int64>, using chance: inout SplitMix
  ) -> Set<Int64>? { Bool.rarely(using: &chance) ? make(&chance) : nil }
}

extension Bool {
  static func rarely(using chance: inout SplitMix) -> Bool {
    Int.random(in: 0..<5, using: &chance) == 0
  }

  static func mostly(using chance: inout SplitMix) -> Bool {
    !rarely(using: &chance)
  }
}

// MARK: The answer, by the rules' own words.

extension AccessWorld {
  /// Whether the person may.
  var expected: Bool { mayDo(user, loans: loans, key: key, glass: glass) }

  private func mayDo(_ user: Holder, loans: [Loan], key: [String]?, glass: Bool) -> Bool {
    let reads = [.journalRead, .auditRead, .reportExport].contains(permission)
    // 1. Gates.
    if !active && !reads { return false }
    if let key {
      let people: [Permission] = [
        .journalApprove, .permissionManage, .userRoleAssign, .userSuspend, .periodLock,
        .delegationCreate, .breakglassUse,
      ]
      if people.contains(permission) || !key.contains(where: isOfPattern) { return false }
    }
    // 4. A deny from anywhere.
    for line in user.lines where !line.allows && isOfPattern(line.pattern) && runs(line) {
      if isNow(line.limits, nowhere: true) && touches(line.limits, user) { return false }
    }
    // 5. Lists.
    for list in object.lists where !passes(list, user) { return false }
    // 6. Allows, each with what it lets be approved: nil is anything.
    var allows: [(limit: Int64?, alone: Bool)] = []
    if let own = roleAllow(user) { allows.append(own) }
    for line in user.lines where line.allows && isOfPattern(line.pattern) && runs(line) {
      if isNow(line.limits) && isWithin(line.limits, user) {
        allows.append((line.limit ?? user.limit, mayAlone(user)))
      }
    }
    let isAboutRights: Set<Permission> = [
      .permissionManage, .userRoleAssign, .userSuspend, .breakglassUse,
    ]
    for loan in loans
    where !reads && !isAboutRights.contains(permission) && isOfPattern(loan.pattern) && key == nil {
      let isInForce = loan.start <= now && now < loan.end
      let covers = loan.departments.map { all in
        object.departments.map { !$0.isEmpty && $0.isSubset(of: all) } ?? false
      }
      if isInForce, covers ?? true, mayDo(loan.lender, loans: [], key: nil, glass: false) {
        allows.append((loan.cap, true))
      }
    }
    if isReadableByList(user) { allows.append((nil, true)) }
    if allows.isEmpty { return false }
    // 7. The limit.
    if [.journalApprove, .journalReverse].contains(permission) {
      let enough = allows.filter { allow in
        guard let limit = allow.limit else { return true }
        guard let amount = object.amount else { return false }
        return amount <= limit
      }
      if enough.isEmpty { if !glass { return false } } else { allows = enough }
    }
    // 8. Separate duties.
    if permission == .journalApprove, let hand = object.involved[user.id],
      hand == .decided || !glass && !object.allowsSelf
    {
      return false
    }
    if permission == .journalPost, !glass, isKeptFromPosting(user) { return false }
    // 9. A second person.
    return object.confirmed || allows.contains(where: \.alone)
  }

  private func isKeptFromPosting(_ user: Holder) -> Bool {
    !object.ownPosting && object.writers.contains(user.id)
  }

  private func isOfPattern(_ pattern: String) -> Bool {
    if pattern == "*" || pattern == permission.rawValue { return true }
    return pattern.hasSuffix(".*") && permission.rawValue.hasPrefix(pattern.dropLast())
  }

  private func runs(_ line: Line) -> Bool {
    (line.start ?? .min) <= now && now < (line.end ?? .max)
  }

  /// `nowhere` is what holds of an origin where none is known.
  private func isNow(_ limits: Limits, nowhere: Bool = false) -> Bool {
    (limits.weekdays?.contains(weekday) ?? true) && (limits.hours?.contains(hour) ?? true)
      && (limits.origin.map { origins.isEmpty ? nowhere : origins.contains($0) } ?? true)
      && (!limits.secondFactor || secondFactor)
  }

  /// An allow must be sure of all of it.
  private func isWithin(_ limits: Limits, _ user: Holder) -> Bool {
    if limits.own, object.creator != user.id { return false }
    if let least = limits.atLeast {
      guard let amount = object.amount, amount >= least else { return false }
    }
    if let most = limits.atMost {
      guard let amount = object.amount, amount <= most else { return false }
    }
    if let types = limits.types {
      guard let type = object.type, types.contains(type) else { return false }
    }
    if let thing = limits.thing, thing != 0 { return false }
    if let classes = limits.classes {
      guard let found = object.classes, !found.isEmpty, found.isSubset(of: classes) else {
        return false
      }
    }
    if let sources = limits.sources {
      guard let source = object.source, sources.contains(source) else { return false }
    }
    if let periods = limits.periods {
      guard let found = object.periods, !found.intersection(periods).isEmpty else { return false }
    }
    if let accounts = limits.accounts {
      guard let found = object.accounts, !found.isEmpty, found.isSubset(of: accounts) else {
        return false
      }
    }
    if let departments = limits.departments, !(limits.ownCounts && object.creator == user.id) {
      guard let found = object.departments, !found.isEmpty, found.isSubset(of: departments) else {
        return false
      }
    }
    return true
  }

  /// A deny strikes unless it is sure that it has nothing to do with it.
  private func touches(_ limits: Limits, _ user: Holder) -> Bool {
    if limits.own, let creator = object.creator, creator != user.id { return false }
    if let least = limits.atLeast, let amount = object.amount, amount < least { return false }
    if let most = limits.atMost, let amount = object.amount, amount > most { return false }
    if let types = limits.types, let type = object.type, !types.contains(type) { return false }
    if let thing = limits.thing, thing != 0 { return false }
    if let classes = limits.classes, let found = object.classes,
      found.intersection(classes).isEmpty
    {
      return false
    }
    if let sources = limits.sources, let source = object.source, !sources.contains(source) {
      return false
    }
    if let periods = limits.periods, let found = object.periods,
      found.intersection(periods).isEmpty
    {
      return false
    }
    if let accounts = limits.accounts, let found = object.accounts,
      found.intersection(accounts).isEmpty
    {
      return false
    }
    if let departments = limits.departments, let found = object.departments,
      !(limits.ownCounts && object.creator == user.id), found.intersection(departments).isEmpty
    {
      return false
    }
    return true
  }

  private func roleAllow(_ user: Holder) -> (limit: Int64?, alone: Bool)? {
    let own = object.creator == user.id
    let inside =
      own || object.departments.map { !$0.isEmpty && $0.isSubset(of: user.departments) } ?? false
    switch (permission, user.role) {
    case (.journalRead, _), (.auditRead, .owner), (.auditRead, .director), (.auditRead, .viewer),
      (.reportExport, .owner), (.reportExport, .director), (.reportExport, .viewer),
      (.journalPost, .owner), (.journalPost, .director), (.journalPost, .manager),
      (.journalPost, .employee), (.journalVoid, .owner), (.journalVoid, .director),
      (.journalEditAny, .owner), (.journalEditAny, .director), (.permissionManage, .owner),
      (.userRoleAssign, .owner), (.userSuspend, .owner), (.breakglassUse, .owner),
      (.journalApprove, .owner), (.journalReverse, .owner), (.journalReverse, .director),
      (.journalReverse, .employee), (.accountArchive, .owner), (.accountArchive, .director):
      return (nil, true)
    case (.periodLock, .owner), (.breakglassUse, .director): return (nil, false)
    case (.auditRead, .manager), (.reportExport, .manager), (.journalVoid, .manager),
      (.journalEditAny, .manager):
      return inside ? (nil, true) : nil
    case (.auditRead, .employee), (.journalVoid, .employee): return own ? (nil, true) : nil
    case (.journalApprove, .director), (.journalReverse, .manager): return (user.limit, true)
    case (.journalApprove, .manager): return inside ? (user.limit, true) : nil
    case (.permissionManage, .director): return object.concerned == user.id ? nil : (nil, true)
    case (.userRoleAssign, .director):
      let small: Set<Role> = [.manager, .employee, .viewer]
      return object.roles.map(small.isSuperset) ?? false ? (nil, true) : nil
    case (.userSuspend, .director):
      return object.roles.map { !$0.contains(.owner) } ?? false ? (nil, true) : nil
    default: return nil
    }
  }

  /// No grant gives alone what some role does with a second person only, but to the role that the
  /// table lets do it alone.
  private func mayAlone(_ user: Holder) -> Bool {
    switch permission {
    case .periodLock: false
    case .breakglassUse: user.role == .owner
    default: true
    }
  }

  private func inForce(_ list: [ListRow]) -> [ListRow] { list.filter { now < ($0.end ?? .max) } }

  private func isOn(_ row: ListRow, _ user: Holder) -> Bool {
    switch row.party {
    case 0: user.id == 1
    case 1: user.memberOf.contains(1)
    case 2: user.memberOf.contains(2)
    case 3: user.role == .manager
    case 4: user.role == .owner
    case 5: user.isInGroup
    default: user.id == 10
    }
  }

  private func passes(_ list: [ListRow], _ user: Holder) -> Bool {
    let rows = inForce(list)
    if rows.isEmpty { return true }
    let mine = rows.filter { isOn($0, user) }
    if mine.contains(where: { $0.level == 0 }) { return false }
    let need =
      switch permission {
      case .journalRead, .auditRead, .reportExport: 1
      case .journalVoid, .accountArchive: 3
      case .permissionManage: 4
      default: 2
      }
    let fits = mine.contains { row in
      (row.level >= need || permission == .permissionManage && row.mayShare)
        && (permission != .reportExport || row.mayExport)
    }
    if fits || user.role == .owner { return true }
    return [.journalRead, .auditRead].contains(permission) && readsWholeLog(user)
  }

  private func readsWholeLog(_ user: Holder) -> Bool {
    let isOfLog = { (line: Line) in
      ["*", "audit.*", "audit.read"].contains(line.pattern) && runs(line)
        && isNow(line.limits, nowhere: !line.allows)
    }
    if user.lines.contains(where: { !$0.allows && isOfLog($0) }) { return false }
    if [.owner, .director, .viewer].contains(user.role) { return true }
    return user.lines.contains { line in
      line.allows && isOfLog(line) && !line.limits.own && line.limits.departments == nil
        && line.limits.accounts == nil && line.limits.classes == nil
        && line.limits.sources == nil && line.limits.periods == nil && line.limits.thing == nil
        && line.limits.atLeast == nil && line.limits.atMost == nil && line.limits.types == nil
    }
  }

  private func isReadableByList(_ user: Holder) -> Bool {
    guard [.journalRead, .auditRead].contains(permission), let own = object.lists.first else {
      return false
    }
    return inForce(own).contains { $0.level >= 1 && isOn($0, user) }
  }
}
