// What rows are identified as; `ID<Account>` is an account's identity.
package enum Business {
  /// The instance itself: where people sign in and what happens before any business is chosen.
  package static let instance = ID<Business>(0)
}
package enum User {}
package enum Session {}
package enum APIKey {}
package enum Membership {}
package enum Department {}
package enum Account {}
package enum Entry {}
package enum EntryTemplate {}
package enum AllocationRule {}
package enum Line {}
package enum Attachment {}
package enum Period {}
package enum Rate {}
package enum TrialBalanceSnapshot {}
