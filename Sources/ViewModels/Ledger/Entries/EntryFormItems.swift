import Domain
import Operations
import Phrases

/// What documents came in at is read once a line may settle one, beside what is typed: there can be
/// hundreds of thousands of them, and few entries settle any.
extension EntryForm {
  /// Where lines may settle documents that weren't read yet.
  var unreadPlaces: Set<ItemPlace> { Set(lines.compactMap(unreadPlace)) }

  /// The one of them of the line that the cursor is in.
  var unreadPlaceHere: ItemPlace? {
    guard case .line(let index, _) = focus else { return nil }
    return unreadPlace(of: lines[index])
  }

  /// Those without which nobody can say what a line is worth, of accounts too that were typed and not
  /// left yet.
  var awaitedPlaces: Set<ItemPlace> {
    var form = self
    form.takeAccounts()
    return Set(form.lines.filter(form.awaitsItems).compactMap(form.unreadPlace))
  }

  /// Whether nobody can say what a line is worth, as its document wasn't read yet.
  func awaitsItems(_ line: Line) -> Bool {
    guard unreadPlace(of: line) != nil, !isAsItWas(line), item(of: line) != ItemName() else {
      return false
    }
    return (try? written(line))?.worth == .book
  }

  private func unreadPlace(of line: Line) -> ItemPlace? {
    guard let account = line.chosen, account.isKeptByParty,
      let currency = (try? written(line))?.currency, currency.code != base.code
    else { return nil }
    let place = ItemPlace(account: account.id, currency: currency.code)
    return facts.valuation.items[place] == nil ? place : nil
  }

  /// Whether Enter goes by what the other lines leave here: it offers that, or the side of it.
  var goesByWorth: Bool {
    guard case .line(let index, let column) = focus, column != .memo else { return false }
    return lines[index].amountText == ["", ""]
  }

  /// Nothing that is typed changes: what waited for them is worth something now, or says why not
  /// unless somebody is still typing it.
  mutating func take(_ items: [ItemName: ForeignPosition], at place: ItemPlace) {
    let waiting = lines.indices.filter { awaitsItems(lines[$0]) }
    facts.valuation.items[place] = items
    for index in waiting where focus != .line(index, side(of: index)) { noteWorth(of: index) }
    refreshGhosts()
  }

  /// Those that were read since this was how the form stood.
  mutating func takeItems(of later: EntryForm) {
    facts.valuation.items = later.facts.valuation.items
    refreshGhosts()
  }
}

extension EntryFormScreen {
  /// Reads what lines may settle before anybody asks for it; nothing waits.
  func readItems() -> [Effect] {
    let places = (form?.unreadPlaces ?? []).subtracting(placesAsked)
    placesAsked.formUnion(places)
    return places.map { read($0, holding: .nothing) { [] } }
  }

  /// Goes on with `then` once what is open at a place is there.
  func read(
    _ place: ItemPlace, holding: Holding = .keys, then: @escaping () -> [Effect]
  ) -> Effect {
    desk.fetch(SettledItems(at: place), holding: holding) { [weak self] items in
      self?.form?.take(items, at: place)
      return then()
    }
  }

  /// Changes the form by what its lines are worth, once all of them are worth something: what is
  /// typed ahead means what it would have meant later.
  func changeByWorth(_ body: @escaping (inout EntryForm) -> Void) -> [Effect] {
    if let place = form?.awaitedPlaces.first {
      return [read(place) { [weak self] in self?.changeByWorth(body) ?? [] }]
    }
    change(body)
    return readItems()
  }

  func take(_ step: FieldStep) -> [Effect] {
    if step == .take, form?.goesByWorth == true { return changeByWorth { $0.step(step) } }
    change { $0.step(step) }
    return readItems()
  }

  func settleAtBook() -> [Effect] {
    if let place = form?.unreadPlaceHere {
      return [read(place) { [weak self] in self?.settleAtBook() ?? [] }]
    }
    change { $0.settleAtBook() }
    return []
  }
}
