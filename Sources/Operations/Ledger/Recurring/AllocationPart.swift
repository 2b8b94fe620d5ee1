package import Domain

/// Who takes a part of what is spread, as people write it: `SAL=60`, another account there,
/// `OPS@6220=40`, an account alone, `@6220`, or what was spread itself, of no department, `@`.
package struct AllocationPart: Hashable, Sendable {
  /// A code or a name.
  package let department: String?
  /// A number, a path or a name.
  package let account: String?
  /// In millionths of the whole; nil where it isn't said.
  package let share: Int64?

  /// Throws `allocation` for what is none.
  package init(_ text: String) throws {
    let halves = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
    let names = halves[0].split(separator: "@", omittingEmptySubsequences: false)
      .map { String($0).trimmingSpaces }
    guard halves.count <= 2, names.count == 2 || names.count == 1 && !names[0].isEmpty else {
      throw Refusal.allocation(.noTarget(text))
    }
    department = names[0].isEmpty ? nil : names[0]
    account = names.count == 2 && !names[1].isEmpty ? names[1] : nil
    guard halves.count == 2 else {
      share = nil
      return
    }
    // Whatever is wrong with it, it is no percentage.
    guard let percent = Quantity(halves[1].trimmingSpaces), percent > .zero,
      let exact = try? percent.money(exponent: AmountRule.percentDecimals)
    else { throw Refusal.allocation(.noPercentage(halves[1])) }
    share = exact.minorUnits
  }
}

extension Allocation {
  /// Of what people wrote, of the `sources` in a department or in none. Throws `noSuchNamed` or
  /// `ambiguousName`, and `allocation` where a share isn't said, or one is of what is spread by
  /// something else.
  package init(
    of sources: [ID<Account>], in department: ID<Department>?, to parts: [AllocationPart],
    by account: ID<Account>?, _ kind: Basis.Kind, in chart: [ChartOfAccounts.Row],
    _ departments: [Departments.Row]
  ) throws {
    let isShared = kind == .shares
    guard parts.allSatisfy({ ($0.share != nil) == isShared }) else {
      throw Refusal.allocation(isShared ? .shareMissing : .sharesUnasked)
    }
    self.init(
      of: sources, in: department,
      to: try parts.map { part in
        Target(
          try part.account.map { try chart.named($0).id },
          try part.department.map { try departments.called($0).id })
      }, by: Basis(kind, parts.map { $0.share ?? 0 }, of: account))
  }
}

extension Allocation.Basis {
  /// A balance is always an account's.
  init(_ kind: Kind, _ shares: [Int64], of account: ID<Account>?) {
    switch (kind, account) {
    case (.balance, let account?): self = .balance(of: account)
    case (.shares, _): self = .shares(shares)
    case (.headcount, _), (.balance, nil): self = .headcount
    }
  }
}
