import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels
import Widgets

/// Texts in the books that try to reach the terminal.
@Suite struct HostileText {
  nonisolated static let texts = [
    "\u{1b}[31mRED\u{1b}[0m \u{1b}]0;title\u{7} \u{1b}]52;c;AAAA\u{7}",
    "\u{202e}gnirts\u{202c} \u{2066}isolated\u{2069} \u{200f}mark",
    "漢字かな交じり文 한국어 ＷＩＤＥ", "👩‍💻 👨‍👩‍👧‍👦 🇨🇭 e\u{301} a\u{300}\u{301}\u{302}\u{303}",
    "line\none\rtwo\u{85}three\u{2028}four\tfive", "nul\u{0}del\u{7f}csi\u{9b}31m",
    String(repeating: "long ", count: 90),
    String(repeating: "漢", count: 100) + String(repeating: "w", count: 380),
    "'; DROP TABLE accounts; --", "%s %n \\x1b {} $(reboot)",
  ]

  @Test(arguments: texts.indices)
  func `hostile text in the books is harmless on every screen`(_ index: Int) async throws {
    let books = try await Tour.books(Self.texts[index])
    let sizes = [Size(columns: 60, rows: 16), Size(columns: 120, rows: 40)]
    try await Tour.all(at: sizes, in: books) { name, driver in
      let lines = driver.lines
      #expect(lines.joined().unicodeScalars.allSatisfy(Self.isHarmless), "\(name)")
      for line in lines {
        #expect(TextWidth.columns(of: line) <= driver.size.columns, "\(name): \(line)")
      }
    }
  }

  @Test func `what is harmless of a text is still read`() async throws {
    let driver = await Driver(.owner, in: try await Tour.books(Self.texts[0]))
    #expect(driver.shows("␛[31mRED␛[0m"))
  }

  private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate: return false
    // Joins emoji, and is nothing by itself.
    case .format: return scalar == "\u{200d}"
    default: return true
    }
  }
}
