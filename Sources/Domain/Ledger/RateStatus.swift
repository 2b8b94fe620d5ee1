/// Whether anything is valued with a rate yet (RULES §4.9, row 49).
package enum RateStatus: String, Sendable, CaseIterable {
  case draft
  case confirmed
}
