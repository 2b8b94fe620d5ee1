import Domain
import Keys
import Operations
package import Phrases

/// The business that one works in: what is paid for it, what it is and how it works.
package final class BusinessScreen: Screen {
  package static let keymap: [Binding] = [.businessEdit, .businessArchive]

  private let desk: Desk
  private var detail: BusinessDetail.Detail?
  /// Why it couldn't be read.
  private var fault: Phrase?
  /// How many facts are scrolled past.
  private var top = 0

  init(at desk: Desk) { self.desk = desk }

  package var title: Phrase { "Business" }

  package func load() -> [Effect] {
    [
      desk.fetch(
        BusinessDetail(),
        failed: { [weak self, navigator = desk.navigator] error in
          self?.fault = navigator.absence(because: error)
        },
        then: { [weak self] detail in
          self?.detail = detail
          return []
        })
    ] + desk.readConfirmers()
  }

  package func move(_ movement: Movement) -> [Effect] {
    let shown = max(desk.navigator.rows - Self.rowsAround, 1)
    let last = max((detail?.facts(top: 0, desk).facts.count ?? 0) - shown, 0)
    top = movement.cursor(from: top, count: last + 1, page: desk.navigator.pageRows) ?? 0
    return []
  }

  /// Title, path, heading, message and keys.
  private static let rowsAround = 5

  package var actions: [Action] {
    let notYet: Phrase? = detail == nil ? fault ?? Panel.loading : nil
    return [
      Action(.businessEdit, unavailable: notYet) { [weak self] in
        guard let self, let detail = self.detail else { return [] }
        return self.desk.navigator.show(
          BusinessForm(business: self.desk.principal.business, detail: detail)
            .screen(at: self.desk))
      }
    ]
      + desk.asking(
        .archiveBusiness(business: desk.principal.business), by: .businessArchive)
  }

  package func absence(of binding: Binding) -> Phrase? {
    binding.id == Binding.businessArchive.id
      ? "Only who may archive the business does, alone or where a second person confirms it." : nil
  }

  package var panels: [Panel] {
    guard let detail else {
      return [.text(TextPanel(title: title, text: fault ?? Panel.loading))]
    }
    return [.facts(detail.facts(top: top, desk))]
  }
}

extension BusinessDetail.Detail {
  fileprivate func facts(top: Int, _ desk: Desk) -> FactsPanel {
    var panel = FactsPanel(
      title: Phrase(verbatim: settings.name), top: top,
      facts: [
        "Subscription": tier.phrase,
        "It is": paidFor, "That means": meaning, "Members": room,
        "Calls of programs": "\(tier.mostCallsPerHour) an hour", "State": state.phrase,
        "Slug": Phrase(verbatim: slug), "Base currency": Phrase(verbatim: baseCurrency),
        "Fiscal years begin in": Phrase.months[firstMonth - 1],
        "Half a minor unit": rounding.phrase,
      ])
    panel.facts += BusinessText.allCases.compactMap { text in
      settings.texts[text].map { FactsPanel.Fact(label: text.label, value: Phrase(verbatim: $0)) }
    }
    panel.facts += workings(desk)
    return panel
  }

  private var paidFor: Phrase {
    let status = subscription.phrase
    return subscriptionExpires.map { "\(status) until \($0.minute)" } ?? status
  }

  /// What the state of the subscription does.
  private var meaning: Phrase {
    state == .active ? "everything works" : "the books can be read and exported, not changed"
  }

  private var room: Phrase {
    tier.mostMembers.map { "\(members) of \($0)" } ?? "\(members), as many as you like"
  }

  private func workings(_ desk: Desk) -> [FactsPanel.Fact] {
    let facts: [(Phrase, Phrase)] = [
      ("Size", settings.size?.phrase ?? .empty),
      ("Time zone", Phrase(verbatim: settings.timeZone)),
      (
        "Screens lock",
        settings.idleLockMinutes == 0 ? "never" : "after \(settings.idleLockMinutes) minutes"
      ),
      ("Approving one's own", settings.allowsSelfApproval ? "where nobody else may" : "never"),
      ("Posting one's own", settings.allowsOwnPosting ? "allowed" : "never"),
      ("The last approval", settings.postsOnApproval ? "posts at once" : "leaves posting to do"),
      ("Open at once", "at most \(settings.openPeriodsMost) periods"),
      (
        "Files needed from",
        settings.evidenceFrom.map { Phrase(verbatim: desk.text($0)) } ?? "never"
      ),
      ("Over budget", settings.budgetCheck.phrase),
      ("Rates hold", "\(settings.rateAgeDays) days"),
      ("Records are kept", "\(settings.retentionYears) years"),
    ]
    return facts.filter { !$0.1.isEmpty }.map { FactsPanel.Fact(label: $0.0, value: $0.1) }
  }
}

extension Phrase {
  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ].map { Phrase(word: $0) }
}

extension Binding {
  static let businessShow = Binding(
    "business.show", ["B"], "the business", "What it is, how it works, what is paid",
    BusinessDetail.permission)
  static let businessEdit = Binding(
    "business.edit", ["e", .enter], "edit", "Change what it is and how it works",
    UpdateBusiness.permission)
  static let businessArchive = Binding(
    "business.archive", ["D"], "archive", "Close it to changes for good",
    RequestConfirmation.permission)
}
