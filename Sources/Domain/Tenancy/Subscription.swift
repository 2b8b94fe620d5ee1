/// How much a business pays for. Tiers differ by limits only (SPEC, 001).
package enum SubscriptionTier: String, Hashable, Sendable, CaseIterable {
  case trial
  case starter
  case professional
  case enterprise

  /// Members, with those who are invited; nil is no limit.
  package var mostMembers: Int? {
    switch self {
    case .trial: 5
    case .starter: 10
    case .professional: 100
    case .enterprise: nil
    }
  }

  /// Those of all programs of the business together.
  package var mostCallsPerHour: Int {
    switch self {
    case .trial: 100
    case .starter: 1_000
    case .professional: 5_000
    case .enterprise: 20_000
    }
  }
}

/// Anything but active turns the business read-only.
package enum SubscriptionStatus: String, Hashable, Sendable, CaseIterable {
  case active
  case suspended
  case cancelled
  case expired
}
