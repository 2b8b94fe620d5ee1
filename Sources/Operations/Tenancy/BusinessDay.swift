package import Domain
import Foundation
import Store

/// The days of a business are those of its own clock: what is entered on a Monday morning in Auckland
/// is of that Monday, though it is still Sunday in UTC.
extension Timestamp {
  package func day(in zone: String) -> Day {
    adding(seconds: seconds(ahead: zone)).day
  }

  /// How far a zone's clock is ahead of UTC then; one that nobody knows isn't.
  func seconds(ahead zone: String) -> Int64 {
    guard zone != "UTC", let zone = TimeZone(identifier: zone) else { return 0 }
    let moment = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
    return Int64(zone.secondsFromGMT(for: moment))
  }
}

extension Reading {
  /// The day that it is in the business.
  func today() throws -> Day { now.day(in: try timeZone()) }

  func timeZone() throws -> String {
    try one(String.self, "SELECT timezone FROM businesses WHERE id = :business")
  }
}
