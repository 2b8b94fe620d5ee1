/// How far a period is from being final (RULES §3.5).
package enum PeriodStatus: String, Sendable, CaseIterable {
  case future
  case open
  case closed
  case locked
}

package enum PeriodKind: String, Sendable, CaseIterable {
  case opening
  case normal
  case adjusting
  case closing
}
