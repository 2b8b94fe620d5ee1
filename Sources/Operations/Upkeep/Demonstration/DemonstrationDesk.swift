import Domain

/// What lies on people's desks at the end of a diary, since some hours.
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

  /// Entries are dated the day on which they are written.
  mutating func add(_ deed: DemonstrationStep.Deed, by role: Role, hoursAgo: Int64) {
    let moment = diary.end.adding(seconds: -hoursAgo * 3600)
    guard case .enter(var entry, let ending) = deed else {
      return diary.add(deed, by: role, at: moment)
    }
    entry.date = moment.day
    diary.add(.enter(entry, ending), by: role, at: moment)
  }
}
