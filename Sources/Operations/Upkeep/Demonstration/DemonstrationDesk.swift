import Domain

/// What lies on people's desks at the end of a diary: entries dated the last day, done hours ago.
struct DemonstrationDesk {
  private(set) var diary: DemonstrationDiary

  init(_ diary: DemonstrationDiary) { self.diary = diary }

  mutating func entry(
    _ description: String, _ lines: [DemonstrationEntry.Line], _ source: EntrySource,
    _ payee: String
  ) -> DemonstrationEntry {
    var entry = DemonstrationEntry(
      key: diary.newKey(), date: diary.end.day, description: description, lines: lines)
    entry.source = source
    entry.payee = payee
    return entry
  }

  /// The same once more, as somebody enters it who was refused.
  mutating func copy(of entry: DemonstrationEntry) -> DemonstrationEntry {
    self.entry(entry.description, entry.lines, entry.source, entry.payee)
  }

  mutating func add(_ deed: DemonstrationStep.Deed, by role: Role, hoursAgo: Int64) {
    diary.add(deed, by: role, at: diary.end.adding(seconds: -hoursAgo * 3600))
  }
}
