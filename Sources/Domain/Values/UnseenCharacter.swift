extension String {
  /// The first character of it that acts on a screen instead of standing there: a control character
  /// (C0, DEL, C1) or one that turns the text around it about. Marks that only say how letters run
  /// (U+200E, U+200F) and what joins emoji are part of how people write.
  package var unseen: Unicode.Scalar? {
    unicodeScalars.first { scalar in
      switch scalar.value {
      case 0...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: true
      default: false
      }
    }
  }
}
