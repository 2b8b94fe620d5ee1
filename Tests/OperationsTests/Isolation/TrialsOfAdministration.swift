import Domain
import Store
import TestSupport

@testable import Operations

extension Trial {
  /// What is done about rights, by two people, and in review.
  static let administration: [Trial] = [
    .command("UpdateBusiness") { _, things in
      UpdateBusiness(
        things.business,
        settings: BusinessSettings(
          name: "Ours", texts: [:], size: nil, timeZone: "UTC",
          idleLockMinutes: 5, allowsSelfApproval: false, allowsOwnPosting: false,
          postsOnApproval: false, openPeriodsMost: 2, retentionYears: 10), version: 1)
    },
    .other("ChooseUsualBusiness", isOnRecordElsewhere: true, namesThings: true) { books, things in
      try await books.workspace.perform(
        ChooseUsualBusiness(things.business, of: books.owner.user),
        as: try await lobby(of: books))
    },
    .command("RemoveBusiness") { RemoveBusiness($1.business) },
    .other("RestoreBusiness", isOnRecordElsewhere: true, namesThings: true) { books, things in
      try await books.workspace.restore(
        things.administration.gone, as: try await lobby(of: books))
    },
    .other("ChangeSubscription") { books, _ in
      try await books.workspace.changeSubscription(
        of: books.business, SubscriptionChange(tier: .starter, status: nil, end: .never),
        from: TestBooks.origin)
    },
    .other("RepairLedger") { books, _ in
      try await books.store.change(in: books.business, as: .system) { change in
        try change.perform(RepairLedger(), by: .unasked(.system, at: change.now)).fields
      }
    },
    .other("RequestConfirmation", namesThings: true) { books, things in
      try await asTwo(.reopenPeriod(period: things.period, name: "2026-12"), in: books)
    },
    .other("ReopenPeriod", namesThings: true) { books, things in
      try await asTwo(.reopenPeriod(period: things.period, name: "2026-12"), in: books)
    },
    .other("LockPeriod", namesThings: true) { books, things in
      try await asTwo(.lockPeriod(period: things.period, name: "2026-12"), in: books)
    },
    .other("ArchiveBusiness", namesThings: true) { books, things in
      try await asTwo(.archiveBusiness(business: things.business), in: books)
    },
    .other("BreakGlass") { books, _ in try await asTwo(.breakGlass(minutes: 5), in: books) },
    .command("Confirm") { Confirm($1.administration.confirmation) },
    .command("DeclineConfirmation") {
      DeclineConfirmation($1.administration.confirmation, reason: "Not ours.")
    },
    .command("WithdrawConfirmation", by: .director) {
      WithdrawConfirmation($1.administration.confirmation)
    },
    .command("EndEmergency") { EndEmergency($1.administration.emergency) },
    .command("ReviewEmergency") {
      ReviewEmergency($1.administration.emergency, findings: "Not ours.")
    },
    .command("ReadNotices") { ReadNotices(.one($1.administration.notice)) },
    .other("ReadNotices") { books, _ in
      try await books.workspace.perform(ReadNotices(.all), as: books.owner)
    },
    .command("CreatePermissionTemplate") {
      let item = TemplateContent.Item(
        .allow, "journal.post", conditions: "{\"accounts\":[\($1.account.value)]}")
      return CreatePermissionTemplate(TemplateContent("Ours", items: [item]))
    },
    .command("UpdatePermissionTemplate") {
      UpdatePermissionTemplate(
        $1.administration.template,
        content: TemplateContent("Ours", items: [.init(.allow, "journal.post")]), version: 1)
    },
    .command("AssignTemplate") {
      AssignTemplate($1.administration.template, to: .role(.employee), reason: "Not ours.")
    },
    .command("AssignTemplate") {
      AssignTemplate($1.administration.template, to: .user($1.person), reason: "Not ours.")
    },
    .command("UnassignTemplate") {
      UnassignTemplate($1.administration.assignment, reason: "Not ours.")
    },
    .command("AddToGroup") { AddToGroup($1.person, to: "ours") },
    .command("RemoveFromGroup") { RemoveFromGroup($1.person, from: "Plain") },
    .command("WaiveConflict") { books, things in
      WaiveConflict(
        .importRun, .reconApprove, of: things.person, until: books.clock.now.adding(seconds: 60),
        reason: "Not ours.")
    },
    .command("EndWaiver") { EndWaiver($1.administration.waiver, reason: "Not ours.") },
    .other("StartAccessReview") { books, _ in
      try await books.workspace.perform(StartAccessReview("Ours"), as: books.owner)
    },
    .command("DecideReviewLine") { DecideReviewLine(.keep, line: 1, of: $1.administration.review) },
    .command("SignReview") { SignReview($1.administration.review) },
  ]

  /// What is done about passwords, second factors, sessions and keys.
  static let accounts: [Trial] = [
    .command("RevokeSession") { RevokeSession($1.administration.session, reason: "Not ours.") },
    .other("EndSignIns", isOnRecordElsewhere: true, namesThings: true) { books, things in
      try await books.workspace.perform(
        EndSignIns(.one(things.administration.signIn)), as: try await lobby(of: books))
    },
    .command("RevokeAPIKey") { RevokeAPIKey($1.administration.key, reason: "Not ours.") },
    .other("CreateAPIKey") { books, _ in
      try await books.workspace.createKey(
        NewAPIKey("Ours", for: ["journal.read"]), as: books.owner)
    },
    .other("UseKey") { books, _ in
      _ = try? await books.workspace.open(key: "cf_guess", from: TestBooks.origin)
      return try await books.trail(1).first?.errorCode as Any
    },
    .command("ResetPassword") { ResetPassword($1.member, code: "a code") },
    .other("RemoveSecondFactor", namesThings: true) { books, things in
      _ = try await enrolled(books, .employee)
      return try await books.workspace.perform(
        RemoveSecondFactor(things.member, reason: "Not ours."), as: books.owner)
    },
    .other("SetPassword", namesThings: true) { books, things in
      let code = try await books.workspace.resetPassword(of: things.member, as: books.owner)
      return try await books.workspace.setPassword(
        "another password", byCode: code, email: "employee@books.example", from: TestBooks.origin)
    },
    .other("ChangePassword") { books, _ in
      try await books.workspace.changePassword(
        from: TestBooks.password, to: "another password", as: try await lobby(of: books))
    },
    .other("BeginSecondFactor") { books, _ in
      try await books.workspace.beginSecondFactor(as: try await lobby(of: books))
    },
    .other("ConfirmSecondFactor") { books, _ in try await enrolled(books).codes },
    .other("RenewRecoveryCodes") { books, _ in
      let (lobby, secret, _) = try await enrolled(books)
      return try await books.workspace.renewRecoveryCodes(
        password: TestBooks.password, code: code(books, secret), as: lobby)
    },
    .other("DisableSecondFactor") { books, _ in
      let (lobby, secret, _) = try await enrolled(books)
      return try await books.workspace.disableSecondFactor(
        password: TestBooks.password, code: code(books, secret), as: lobby)
    },
  ]

  /// By two owners, so that the second is really asked.
  private static func asTwo(_ act: JointAct, in books: TestBooks) async throws -> Any {
    _ = try await books.person("Otto Owner", .owner)
    return try await books.workspace.perform(
      RequestConfirmation(act, reason: "Not ours."), as: books.owner)
  }

  private static func lobby(
    of books: TestBooks, _ role: Role = .owner
  ) async throws -> Principal {
    try await books.workspace.signIn(
      email: "\(role.rawValue)@books.example", password: TestBooks.password, from: TestBooks.origin)
  }

  private static func enrolled(
    _ books: TestBooks, _ role: Role = .owner
  ) async throws -> (lobby: Principal, secret: [UInt8], codes: [String]) {
    let lobby = try await lobby(of: books, role)
    let secret = try await books.workspace.beginSecondFactor(as: lobby).secret
    let codes = try await books.workspace.confirmSecondFactor(code(books, secret), as: lobby)
    books.clock.advance(seconds: 30)
    return (lobby, secret, codes)
  }

  private static func code(_ books: TestBooks, _ secret: [UInt8]) -> String {
    TimeCode.code(of: secret, step: TimeCode.step(at: books.clock.now))
  }
}
