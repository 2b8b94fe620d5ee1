import Domain
import Keys
import Operations
package import Phrases

/// Every sum of the general ledger held against its lines, period by period: those that differ, each
/// with the way to its lines. It is begun once and again by its key, not whenever the books change.
package final class LedgerCheckScreen: WholeListScreen {
  package static let keymap: [Binding] = [.balanceOpen, .balanceVerify] + Binding.lists
  static let listName = "ledger-check"

  private let desk: Desk
  /// How many sums were held against their lines, and when that was done; nil until it is.
  private var proof: (cells: Int, at: Timestamp)?
  private var isVerifying = false
  /// Also where it was stopped.
  private var hasBegun = false
  var list: RowList<DifferingSum>

  init(at desk: Desk) {
    self.desk = desk
    func amounts(
      _ id: String, _ title: Phrase, _ amount: @escaping (DifferingSum) -> Money
    ) -> ListColumn<DifferingSum> {
      desk.rowAmounts(
        id, title, showsZero: true, areInBase: false, exponent: { $0.exponent }, amount)
    }
    list = RowList([
      ListColumn("account", "Account", .text(atLeast: 14)) { $0.finding.label },
      ListColumn("period", "Period", .fixed(14)) { $0.period },
      ListColumn("currency", "In", .fixed(5), priority: 1) { $0.finding.currency },
      ListColumn("what", "What", .fixed(13), words: { $0.figure.phrase }),
      amounts("lines", "Its lines") { $0.expected },
      amounts("ledger", "In the ledger") { $0.found },
    ])
    recall()
  }

  package var title: Phrase { "Ledger check" }
  package var section: Section? { .trialBalance }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] { hasBegun ? [] : verify() }

  func forget() { (proof, hasBegun) = (nil, false) }

  func readForExport(
    limit: Int, _ then: @escaping ([DifferingSum], Footing?) -> [Effect]
  ) -> [Effect] {
    [
      desk.export(VerifyLedger()) { [desk] report, footing in
        [
          desk.fetch(Currencies()) { currencies in
            then(
              DifferingSum.all(in: report.findings, currencies, base: desk.place.exponent), footing)
          }
        ]
      }
    ]
  }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.balanceOpen, unavailable: list.unavailable) { [weak self] in
        guard let self, let finding = self.list.selected?.finding else { return [] }
        return self.navigator.show(
          RegisterScreen(finding.account, finding.label, at: self.desk))
      },
      Action(.balanceVerify, unavailable: isVerifying ? "It goes on already." : nil) {
        [weak self] in self?.verify() ?? []
      },
    ] + listActions
  }

  // MARK: Verifying

  private func verify() -> [Effect] {
    guard !isVerifying else { return [] }
    (isVerifying, hasBegun) = (true, true)
    return [
      desk.fetch(
        Periods(), Self.work, failed: { [weak self] in self?.stop(because: $0) },
        then: { [weak self] in self?.verify($0.map(\.id)) ?? [] })
    ]
  }

  /// Each period by itself, so that it is seen how far it has come and can be stopped.
  private func verify(_ periods: [ID<Period>]) -> [Effect] {
    let progress = WorkProgress(of: periods.count)
    return [
      navigator.attempt(Self.work, progress: progress) { [desk] in
        let currencies = try await desk.workspace.fetch(Currencies(), as: desk.principal)
        var (cells, findings): (Int, [VerifyLedger.Finding]) = (0, [])
        for period in periods {
          try Task.checkCancellation()
          let report = try await desk.workspace.fetch(
            VerifyLedger(of: period), as: desk.principal)
          cells += report.cells
          findings += report.findings
          progress.advance()
        }
        return (
          cells: cells,
          rows: DifferingSum.all(in: findings, currencies, base: desk.place.exponent)
        )
      } failed: { [weak self] in
        self?.stop(because: $0)
      } then: { [weak self] found in
        guard let self else { return [] }
        self.isVerifying = false
        self.proof = (found.cells, self.navigator.workspace.now)
        self.list.take(found.rows)
        return []
      }
    ]
  }

  private static let work: Phrase = "Verifying the ledger"

  /// What was found before stands no more.
  private func stop(because error: any Error) {
    (isVerifying, proof) = (false, nil)
    list.removeAll(because: navigator.absence(because: error))
  }

  package var panels: [Panel] {
    let when = proof.map { proof -> Phrase in
      "\(proof.cells.grouped) sums at \(proof.at.minute)"
    }
    let sound = proof.map { proof -> Phrase in
      "All \(proof.cells.grouped) sums equal their lines."
    }
    return [
      .table(
        list.panel(
          "Ledger check", note: when ?? .empty,
          empty: sound ?? Panel.loading
        ) { _ in .warning })
    ]
  }
}

/// A figure of a sum that isn't what its lines come to.
nonisolated struct DifferingSum: Listed, Hashable {
  enum Figure: Hashable, CaseIterable {
    case debit
    case credit
    case baseDebit
    case baseCredit
    case lines
  }

  struct Identity: Hashable {
    let account: ID<Account>
    let period: String
    let currency: String
    let figure: Figure
  }

  let finding: VerifyLedger.Finding
  let figure: Figure
  /// Of both figures.
  let exponent: Int

  var identity: Identity {
    Identity(
      account: finding.account, period: period, currency: finding.currency, figure: figure)
  }

  /// `2026-11 2026`, `Closing 2026`.
  var period: String { "\(finding.period) \(finding.year)" }
  var expected: Money { figure.value(in: finding.expected) }
  var found: Money { figure.value(in: finding.found) }

  /// The figures that differ, each in its currency's decimals.
  static func all(
    in findings: [VerifyLedger.Finding], _ currencies: [Currency], base: Int
  ) -> [DifferingSum] {
    let exponents = Dictionary(currencies.map { ($0.code, $0.exponent) }) { $1 }
    return findings.flatMap { finding in
      Figure.allCases.map { figure -> DifferingSum in
        let exponent =
          switch figure {
          case .debit, .credit: exponents[finding.currency] ?? base
          case .baseDebit, .baseCredit: base
          case .lines: 0
          }
        return DifferingSum(finding: finding, figure: figure, exponent: exponent)
      }.filter { $0.expected != $0.found }
    }
  }
}

nonisolated extension DifferingSum.Figure {
  fileprivate func value(in sums: VerifyLedger.Sums) -> Money {
    switch self {
    case .debit: sums.debit
    case .credit: sums.credit
    case .baseDebit: sums.baseDebit
    case .baseCredit: sums.baseCredit
    case .lines: Money(minorUnits: Int64(sums.lines))
    }
  }

  fileprivate var phrase: Phrase {
    switch self {
    case .debit: "Debit"
    case .credit: "Credit"
    case .baseDebit: "base debit"
    case .baseCredit: "base credit"
    case .lines: "lines"
    }
  }
}

extension Binding {
  static let balanceVerify = Binding(
    "balance.verify", ["V"], "verify", "Hold every sum against its lines",
    VerifyLedger.permission)
}
