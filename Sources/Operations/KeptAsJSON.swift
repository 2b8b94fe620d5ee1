import Foundation

/// What a column keeps as JSON, of a closed set of kinds.
protocol KeptAsJSON: Codable {}

extension KeptAsJSON {
  /// Nil where this program knows no such kind.
  init?(json: String) {
    guard let value = try? JSONDecoder().decode(Self.self, from: Data(json.utf8)) else {
      return nil
    }
    self = value
  }

  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
