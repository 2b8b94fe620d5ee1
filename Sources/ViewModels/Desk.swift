import Domain
package import Operations
import Phrases

/// Where somebody works: the gate, who they are, and the business they are in.
package final class Desk {
  package let workspace: Workspace
  /// Another one once a session that ended was taken up again.
  package internal(set) var principal: Principal
  package internal(set) var place: WhereIAm.Place
  /// The day of the last entry that was written here, which the next one starts with.
  var lastEntryDay: Day?
  /// What nobody else here could confirm, as far as a screen that offers such things has read it.
  var unconfirmable: Set<Permission> = []
  unowned let navigator: Navigator

  init(
    workspace: Workspace, principal: Principal, place: WhereIAm.Place, navigator: Navigator
  ) {
    self.workspace = workspace
    self.principal = principal
    self.place = place
    self.navigator = navigator
  }

  func holds(_ permission: Permission?) -> Bool {
    permission.map(place.permissions.contains) ?? true
  }

  /// The day that it is in the business.
  var today: Day { workspace.now.day(in: place.timeZone) }

  /// Whether limits and separate duties don't bind who sits here just now.
  var isInEmergency: Bool { place.emergencyEnd.map { workspace.now < $0 } ?? false }

  /// What the program remembers the person's places in this business by.
  var placesName: String { "places.\(place.slug).\(principal.user.value)" }

  /// Looks something up and goes on with it; what goes wrong is told on the message line, and
  /// `failed` sees it before. `holding` is what waits meanwhile.
  func fetch<Q: Query>(
    _ query: Q, _ title: Phrase = "Loading", holding: Holding = .nothing,
    failed: ((any Error) -> Void)? = nil,
    then: @escaping (Q.Output) -> [Effect]
  ) -> Effect {
    navigator.attempt(title, holding: holding) { [workspace, principal] in
      try await workspace.fetch(query, as: principal)
    } failed: {
      failed?($0)
    } then: {
      then($0)
    }
  }

  /// Looks two things up, one after the other, and goes on with both; keys wait meanwhile.
  func fetch<First: Query, Second: Query>(
    _ first: First, _ second: Second, then: @escaping (First.Output, Second.Output) -> [Effect]
  ) -> [Effect] {
    [
      fetch(first, holding: .keys) { [self] one in
        [fetch(second, holding: .keys) { two in then(one, two) }]
      }
    ]
  }

  /// Does something and goes on with what came of it. `failed` sees the error before it is told.
  func perform<C: Command>(
    _ command: C, _ title: Phrase, failed: ((any Error) -> Void)? = nil,
    then: @escaping (C.Output) -> [Effect]
  ) -> Effect {
    navigator.attempt(title, holding: .keys) { [workspace, principal] in
      try await workspace.perform(command, as: principal)
    } failed: {
      failed?($0)
    } then: { [weak self] in
      self?.noteActivity(of: C.self)
      return then($0)
    }
  }

  /// Does something, says that it is done and reads the screen on top again.
  func carryOut<C: Command>(_ command: C, _ said: Phrase) -> [Effect] {
    [
      perform(command, "Saving") { [navigator] _ in
        navigator.tell(.done, said)
        return navigator.top?.load() ?? []
      }
    ]
  }

  /// Where a template is chosen and nobody has made one.
  func tellOfNoTemplate() -> [Effect] {
    navigator.tell(.notice, "There is no template yet. T on an entry makes one.")
    return []
  }

  /// Asks why before something is done, in `least` characters or more. `text` is what was said
  /// before.
  func askWhy(
    title: Phrase, body: Phrase, confirm: Phrase, field: Phrase = "Reason", _ text: String = "",
    least: Int,
    confirmed: @escaping (String) -> [Effect]
  ) -> [Effect] {
    navigator.ask(
      Dialog(
        title: title, body: body, confirm: confirm, field: FieldState(field, text),
        fault: { Dialog.shortReason($0, least: least) }, confirmed: confirmed))
  }

  /// For the list of what was said and done.
  func noteActivity<C: Command>(of kind: C.Type) {
    guard let permission = kind.permission else {
      return navigator.tell(.activity, "\(kind.operation): no permission needed")
    }
    navigator.tell(
      .activity,
      "\(kind.operation): permission \(permission.rawValue), as \(place.role.phrase)")
  }

  /// Shows a secret that is never shown again. Once copied it still stands there, as not every
  /// terminal does what a program asks of its clipboard.
  func showOnce(
    _ secret: String, _ what: Phrase, title: Phrase, body: Phrase, isCopied: Bool = false
  ) -> [Effect] {
    navigator.ask(
      Dialog(
        title: title, body: body, confirm: "Copy", cancel: "Close", defaultsToConfirm: !isCopied
      ) { [self] _ in
        navigator.copy(secret, what)
        return showOnce(secret, what, title: title, body: body, isCopied: true)
      })
  }

  /// Asks before something is done with `amount`; from what its person set up on, the amount has to
  /// be typed, so that nobody confirms from habit what they haven't read.
  func confirm(
    _ title: Phrase, body: Phrase, verb: Phrase, amount: Money,
    _ confirmed: @escaping () -> [Effect]
  ) -> [Effect] {
    let wanted = mustType(amount) ? text(amount) : nil
    return navigator.ask(
      Dialog(
        title: title, body: body, confirm: verb,
        field: wanted.map { FieldState("Type \($0) to confirm") },
        fault: { [exponent = place.exponent] typed in
          guard let wanted else { return nil }
          // However it is grouped, and as a sum too, like every amount that is typed.
          let isThat = (try? AmountExpression.parse(typed, exponent: exponent)) == amount
          return isThat ? nil : "That isn't \(wanted)."
        }
      ) { _ in confirmed() })
  }

  func mustType(_ amount: Money) -> Bool {
    guard let limit = navigator.settings.confirmAbove else { return false }
    let difference = try? Quantity(amount, exponent: place.exponent) - Quantity(Int128(limit))
    // What can't be compared is larger than any limit.
    return difference.map { $0.mantissa >= 0 } ?? true
  }

  /// A moment as people type it, or nil where it is none. A day alone, which may be typed as any
  /// other, is all of it: its last moment, or its first.
  func moment(_ typed: String, starts: Bool = false) -> Timestamp? {
    let today = workspace.today
    let day = try? DayExpression.parse(typed, today: today, reference: today)
    let written = day?.text ?? typed
    return starts ? Timestamp(startOf: written) : Timestamp(written)
  }

  /// An amount in the base currency, as people read it.
  func text(_ money: Money) -> String {
    navigator.settings.amounts.text(money, exponent: place.exponent)
  }

  /// A column of amounts in the base currency; nothing at all is left empty, unless `showsZero`.
  func amounts<Row>(
    _ id: String, _ title: Phrase, showsZero: Bool = false, _ amount: @escaping (Row) -> Money
  ) -> ListColumn<Row> {
    amounts(id, title, showsZero: showsZero, total: .nothing, amount)
  }

  /// The same with its sum in the line of totals.
  func summedAmounts<Row>(
    _ id: String, _ title: Phrase, showsZero: Bool = false, _ amount: @escaping (Row) -> Money
  ) -> ListColumn<Row> {
    amounts(
      id, title, showsZero: showsZero,
      total: .sum(of: amount) { [unowned self] in self.text($0) }, amount)
  }

  private func amounts<Row>(
    _ id: String, _ title: Phrase, showsZero: Bool, total: ListColumn<Row>.Total,
    _ amount: @escaping (Row) -> Money
  ) -> ListColumn<Row> {
    ListColumn(id, title, exponent: place.exponent, total: total, amount: amount) {
      [unowned self] row in showsZero ? self.text(amount(row)) : self.column(amount(row))
    }
  }

  /// A column of amounts that not every row has, each in a currency of so many decimals as `exponent`
  /// says; with their sum where all are in the base currency. Only those can be translated.
  func rowAmounts<Row>(
    _ id: String, _ title: Phrase, priority: Int = 0, showsZero: Bool = false, areInBase: Bool,
    by translation: ConvenienceTranslation? = nil,
    exponent: @escaping (Row) -> Int, _ amount: @escaping (Row) -> Money?
  ) -> ListColumn<Row> {
    let decimals: (Row) -> Int = { translation?.currency.exponent ?? exponent($0) }
    let shown: (Row) -> Money? = { row in amount(row).flatMap { translation.shown($0) } }
    return ListColumn(
      id, title, priority: priority,
      total: areInBase
        ? .sum(
          of: { amount($0) ?? .zero }, text: { [unowned self] in self.text($0, by: translation) })
        : .nothing,
      exponent: decimals, amount: shown,
      text: { [unowned self] row in
        guard let money = shown(row), showsZero || !money.isZero else { return "" }
        return self.navigator.settings.amounts.text(money, exponent: decimals(row))
      })
  }

  /// Empty for nothing, as columns have it.
  func column(_ money: Money) -> String { money.isZero ? "" : text(money) }
}
