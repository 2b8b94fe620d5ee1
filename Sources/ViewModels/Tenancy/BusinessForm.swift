import Domain
import Foundation
import Operations
import Phrases

/// What is asked of a business: all that its people change of it.
struct BusinessForm {
  let business: ID<Business>
  let detail: BusinessDetail.Detail

  /// Where the fields stand; the texts come between the name and these.
  private static let texts = BusinessText.allCases
  private static let size = texts.count + 1
  private static let timeZone = size + 1
  private static let idleLock = size + 2
  private static let selfApproval = size + 3
  private static let ownPosting = size + 4
  private static let posting = size + 5
  private static let openPeriods = size + 6
  private static let rateAge = size + 7
  private static let evidence = size + 8
  private static let budgetCheck = size + 9
  private static let retention = size + 10

  func screen(at desk: Desk) -> FormScreen {
    let words = desk.words
    return FormScreen(
      "Business settings", fields(at: desk), in: nil, UpdateBusiness.permission, at: desk
    ) { form in
      guard let settings = settings(form, words) else { return [] }
      return form.perform(
        UpdateBusiness(business, settings: settings, version: detail.version), place: Self.place
      ) { "\(settings.name) is saved." }
    }
  }

  private func fields(at desk: Desk) -> [FormField] {
    let words = desk.words
    let settings = detail.settings
    let zones = ["UTC"] + TimeZone.knownTimeZoneIdentifiers
    let sizes = BusinessSize.allCases.map { words.text($0.phrase, $0.rawValue) }
    let checks = BudgetCheck.allCases.map { words.text($0.phrase, $0.rawValue) }
    return [FormField(label: "Name", text: settings.name)]
      + Self.texts.map { FormField(label: $0.label, text: settings.texts[$0] ?? "") }
      + [
        FormField(
          label: "Size", text: settings.size.map { words.text($0.phrase, $0.rawValue) } ?? ""
        ) { _ in sizes },
        FormField(label: "Time zone", text: settings.timeZone) { _ in zones },
        FormField(label: "Lock after minutes", text: "\(settings.idleLockMinutes)"),
        .yesOrNo("Approve one's own", settings.allowsSelfApproval, words),
        .yesOrNo("Post one's own", settings.allowsOwnPosting, words),
        .yesOrNo("Approval posts", settings.postsOnApproval, words),
        FormField(label: "Open periods", text: "\(settings.openPeriodsMost)"),
        FormField(
          label: "Rates hold", text: "\(settings.rateAgeDays)", hint: "days after theirs"),
        FormField(
          label: "Files needed from", text: settings.evidenceFrom.map(desk.text) ?? "",
          hint: "in \(desk.place.baseCurrency); empty for never"),
        FormField(
          label: "Over budget",
          text: words.text(settings.budgetCheck.phrase, settings.budgetCheck.rawValue)
        ) { _ in checks },
        FormField(label: "Years kept", text: "\(settings.retentionYears)"),
      ]
  }

  /// Nil where a field can't be read, and that is said beside it.
  private func settings(_ form: FormScreen, _ words: ChoiceWords) -> BusinessSettings? {
    var settings = detail.settings
    settings.name = form.text(0)
    for (index, text) in Self.texts.enumerated() {
      let typed = form.text(index + 1)
      settings.texts[text] = typed.isEmpty ? nil : typed
    }
    settings.timeZone = form.text(Self.timeZone)
    let sizes = BusinessSize.allCases.map { (words.text($0.phrase, $0.rawValue), $0) }
    settings.size =
      form.text(Self.size).isEmpty
      ? nil : form.choice(Self.size, sizes, "There is no such size.")
    let checks = BudgetCheck.allCases.map { (words.text($0.phrase, $0.rawValue), $0) }
    guard
      settings.size != nil || form.text(Self.size).isEmpty,
      let minutes = number(Self.idleLock, form),
      let periods = number(Self.openPeriods, form), let years = number(Self.retention, form),
      let rateAge = number(Self.rateAge, form),
      let selfApproval = form.answer(Self.selfApproval),
      let ownPosting = form.answer(Self.ownPosting),
      let posting = form.answer(Self.posting),
      let check = form.choice(Self.budgetCheck, checks, "none, warn or block?")
    else { return nil }
    settings.idleLockMinutes = minutes
    settings.openPeriodsMost = periods
    settings.budgetCheck = check
    settings.rateAgeDays = rateAge
    settings.retentionYears = years
    settings.evidenceFrom = form.amount(Self.evidence)
    guard settings.evidenceFrom != nil || form.text(Self.evidence).isEmpty else { return nil }
    settings.allowsSelfApproval = selfApproval
    settings.allowsOwnPosting = ownPosting
    settings.postsOnApproval = posting
    return settings
  }

  private func number(_ index: Int, _ form: FormScreen) -> Int? {
    let number = Int(form.text(index))
    if number == nil { form.fault(index, "Type a number.") }
    return number
  }

  private static func place(_ refusal: Refusal) -> Int? {
    func place(of text: BusinessText) -> Int? { texts.firstIndex(of: text).map { $0 + 1 } }
    return switch refusal {
    case .nameLength: 0
    case .invalidEmail: place(of: .email)
    case .business(.textTooLong(let text)): place(of: text)
    case .business(.country): place(of: .country)
    case .business(.unknownTimeZone): timeZone
    case .business(.idleLock): idleLock
    case .business(.openPeriods): openPeriods
    case .business(.evidence): evidence
    case .business(.rateAge): rateAge
    case .business(.selfApprovalByOwners): selfApproval
    case .business(.ownPostingByOwners): ownPosting
    case .business(.retention), .business(.shorterRetention): retention
    default: nil
    }
  }
}

extension BusinessText {
  var label: Phrase {
    switch self {
    case .legalName: "Legal name"
    case .registrationNumber: "Registration no"
    case .taxNumber: "Tax number"
    case .industry: "Industry"
    case .email: "E-mail"
    case .phone: "Telephone"
    case .website: "Website"
    case .addressLine1: "Address"
    case .addressLine2: "Address, line 2"
    case .city: "City"
    case .region: "Region"
    case .postalCode: "Postal code"
    case .country: "Country"
    }
  }
}
