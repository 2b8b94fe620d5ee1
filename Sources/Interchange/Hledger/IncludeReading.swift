import Domain

extension JournalReader {
  /// `include PATH`, relative to the including file, `*` and `?` allowed in the file's name.
  ///
  /// A journal that somebody sent must not open files of the reader's choice: what stands outside of
  /// the including file's own folder is refused, by name here and by its real place in
  /// `JournalFiles`.
  mutating func readInclude(_ line: inout LineCursor) throws(ImportError) {
    let begin = line.index
    let written = line.rest
    guard !written.isEmpty else { throw line.error(.missing(.path)) }
    let folder = folder(of: line.file)
    for path in try paths(written, in: folder, line) {
      guard !openFiles.contains(path) else {
        throw line.error(.include(.cycle(path)), at: begin)
      }
      guard openFiles.count < JournalLimits.includeDepth else {
        throw line.error(.include(.tooDeep(most: JournalLimits.includeDepth)), at: begin)
      }
      let outer = context
      do {
        try readFile(path, within: folder)
      } catch {
        // A file that can't be had is the including line's fault; what is wrong in it isn't.
        guard error.file == path, case .unreadable(let fault) = error.fault else { throw error }
        throw line.error(.include(.unreadable(path: written, fault)), at: begin)
      }
      context = outer
      resolvedNames = [:]
    }
  }

  private func paths(
    _ written: String, in folder: String, _ line: LineCursor
  ) throws(ImportError) -> [String] {
    // By scalars: to Swift a slash with an accent on it is another Character, to the system a slash.
    let parts = written.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false)
      .map { String($0) }
    guard parts.first != "", parts.first?.hasPrefix("~") == false, !parts.contains("..") else {
      throw line.error(.include(.outsideFolder(written)))
    }
    let steps = parts.filter { $0 != "." && $0 != "" }
    guard let name = steps.last, parts.last?.isEmpty == false else {
      throw line.error(.missing(.path))
    }
    if let colon = written.firstIndex(of: ":"), written[..<colon].allSatisfy(\.isLetter) {
      throw line.error(.include(.otherFormat(String(written[..<colon]))))
    }
    let within = ((folder.isEmpty ? [] : [folder]) + steps.dropLast())
      .joined(separator: "/")
    guard steps.contains(where: { $0.contains(where: { "*?[{".contains($0) }) }) else {
      return [within.isEmpty ? name : "\(within)/\(name)"]
    }
    return try matches(name, in: within, written, line)
  }

  private func matches(
    _ pattern: String, in folder: String, _ written: String, _ line: LineCursor
  ) throws(ImportError) -> [String] {
    let isPlain = !folder.contains { "*?[{".contains($0) } && !pattern.contains("**")
    guard isPlain, !pattern.contains(where: { "[{".contains($0) }) else {
      throw line.error(.include(.pattern(written)))
    }
    let names: [String]
    do {
      names = try files.names(folder)
    } catch {
      throw line.error(.include(.unreadable(path: written, error)))
    }
    let paths = names.filter { !$0.hasPrefix(".") && Array($0.utf8).matches(Array(pattern.utf8)) }
      .map { folder.isEmpty ? $0 : "\(folder)/\($0)" }
      .filter { $0 != line.file }
    guard !paths.isEmpty else { throw line.error(.include(.noMatch(written))) }
    return paths
  }

  private func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? ""
  }
}

extension [UInt8] {
  /// Whether a file's name fits `pattern`: `*` for any bytes, `?` for one. Steps back at most to
  /// the last `*`, so that time grows with the product of the lengths and no faster.
  fileprivate func matches(_ pattern: [UInt8]) -> Bool {
    var (here, there) = (0, 0)
    var star: (pattern: Int, name: Int)?
    while here < count {
      if there < pattern.count, pattern[there] == UInt8(ascii: "*") {
        star = (there, here)
        there += 1
      } else if there < pattern.count,
        pattern[there] == self[here] || pattern[there] == UInt8(ascii: "?")
      {
        here += 1
        there += 1
      } else if let last = star {
        star = (last.pattern, last.name + 1)
        here = last.name + 1
        there = last.pattern + 1
      } else {
        return false
      }
    }
    return pattern[there...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
