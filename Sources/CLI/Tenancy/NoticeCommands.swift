import ArgumentParser
import Domain
import Operations
import Phrases

struct NoticeGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notice", abstract: "What you were told without asking.",
    subcommands: [NoticeList.self, NoticeRead.self])
}

struct NoticeList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List your notices in the business, the newest first.",
    discussion: "Example: coreflow notice list --unread")

  @Flag(help: "Only those that you haven't marked as read.")
  var unread = false

  @OptionGroup var paging: PagingOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let before = try paging.after.map { cursor in
      guard let id = Int64(cursor) else { throw PagingOptions.cursorFault }
      return ID<Notice>(id)
    }
    let seat = try await Seat(options, in: surroundings)
    let page = paging.page(
      of: try await seat.fetch(
        Notices(readToo: !unread, before: before, limit: paging.limit + 1)))
    try Output(to: surroundings, output).page(
      Table(
        ["id", "at", "notice", "reason", "subject_type", "subject_id", "read_at"],
        page.rows.map {
          [
            .text(String($0.id.value)), .text($0.at.text), .text($0.phrase.english),
            .text($0.reason), .optional($0.subject?.kind.rawValue),
            .optional($0.subject?.id.map(String.init)), .optional($0.readAt?.text),
          ]
        }), next: page.last.map { String($0.id.value) })
  }
}

struct NoticeRead: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "read", abstract: "Mark a notice of yours as read, or all of them.",
    discussion: """
      Example: coreflow notice read 3
      All of them: coreflow notice read --all
      """)

  @Argument(help: "Its number, as notice list shows it.")
  var notice: Int64?

  @Flag(help: "Every notice of yours in the business.")
  var all = false

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (notice != nil) != all else { throw ValidationError("Name one notice, or --all") }
  }

  func run(in surroundings: Surroundings) async throws {
    let count = try await Seat(options, in: surroundings).perform(
      ReadNotices(notice.map { .one(ID($0)) } ?? .all))
    try Output(to: surroundings, output).say(
      notice.map { "Notice \($0) is read." } ?? "\(count) unread notices are read now.")
  }
}
