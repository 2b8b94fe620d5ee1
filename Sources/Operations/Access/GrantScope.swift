package import Domain
import Foundation

/// To what a grant is narrowed, as far as people write it: part of the conditions of RULES §4.3.
package struct GrantScope: Hashable, Sendable {
  package var departments: Set<ID<Department>> = []
  package var accounts: Set<ID<Account>> = []
  package var amountAtMost: Money?
  package var isOwnOnly = false

  package init() {}

  /// What `conditions` say of it.
  package init(in conditions: Conditions) {
    departments = conditions.departments ?? []
    accounts = conditions.accounts ?? []
    amountAtMost = conditions.amountAtMost
    isOwnOnly = conditions.ownOnly
  }

  /// `conditions` as the database keeps them, narrowed to this: the rest of them stays.
  package func json(over conditions: String = "{}") -> String {
    // What nobody understands gives nothing, so nothing of it is worth keeping.
    let known = try? JSONDecoder().decode(Known<ConditionsJSON>.self, from: Data(conditions.utf8))
    var fields = known?.value ?? ConditionsJSON()
    fields.departments = departments.isEmpty ? nil : departments.map(\.value).sorted()
    fields.accounts = accounts.isEmpty ? nil : accounts.map(\.value).sorted()
    fields.amountMax = amountAtMost?.minorUnits
    fields.ownOnly = isOwnOnly ? true : nil
    return fields.text
  }
}
