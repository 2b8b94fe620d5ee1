import Domain
import Operations
package import Phrases

/// What stands above every screen.
extension Navigator {
  /// For the title bar: the business, its open period, and whether it can only be read.
  package var whereabouts: Whereabouts {
    guard let place = desk?.place else { return Whereabouts(business: "CoreFlow") }
    let period = place.openPeriod.map { "\($0) open" as Phrase } ?? "no open period"
    let banner: Phrase =
      place.state != .active
      ? "READ ONLY: \(Phrase(word: place.state.rawValue))"
      : place.role == .viewer ? "READ ONLY" : .empty
    return Whereabouts(
      business: place.businessName, period: period, banner: .joined([banner, emergency]))
  }

  /// What isn't forbidden there just now.
  private var emergency: Phrase {
    guard let desk, desk.isInEmergency, let end = desk.place.emergencyEnd else { return .empty }
    return "LIMITS LIFTED to \(end.clock.prefix(5))"
  }

  /// Where somebody works, in the parts that it is written or said in.
  package struct Whereabouts {
    package let business: String
    package var period = Phrase.empty
    /// What can't be done there, or can for a while.
    package var banner = Phrase.empty
  }

  /// For the title bar: who works here, as what.
  package var identity: Phrase {
    desk.map { "\($0.place.userName) \($0.place.role.phrase)" } ?? .empty
  }
}
