import Domain
import Foundation
import Interchange
import Testing

/// The workflows that come with the program.
struct ShippedWorkflowTests {
  /// One owner, one director, two managers, departments with heads; no groups.
  private func company(exponent: Int = 2) -> PublishingContext {
    PublishingContext(
      exponent: exponent, permissions: Set(Permission.allCases),
      people: { rule in
        switch rule {
        case .role(.manager): 2
        case .role(.employee): 5
        case .role, .limitChain, .departmentHeads, .reportsTo, .department(nil, .head): 1
        case .department, .user, .group: 0
        }
      })
  }

  @Test(arguments: ShippedWorkflow.allCases)
  func `each can be published, and comes back as it was`(_ shipped: ShippedWorkflow) throws {
    let definition = try shipped.document.definition()
    #expect(definition.key == shipped.key)
    #expect(definition.name == shipped.title)
    #expect(definition.version == 1)
    for exponent in [0, 2, 3] {
      #expect(definition.flaws(company(exponent: exponent)) == [])
    }
    let written = WorkflowFile.text(of: definition)
    #expect(try WorkflowFile.read(text: written).definition() == definition)
  }

  @Test(arguments: ShippedWorkflow.allCases)
  func `each leads everything to an end, by people or by a rule that says so`(
    _ shipped: ShippedWorkflow
  ) throws {
    let definition = try shipped.document.definition()
    let found = definition.simulations(company())
    #expect(!found.isEmpty)
    for simulation in found {
      switch simulation.path.ending {
      case .ended(let result): #expect(result == .approved || result == .done)
      // A task is done again until what it asks for is well.
      case .repeats(let node): #expect(definition.node(node)?.kind.name != .approval)
      case .notStarted: #expect(definition.trigger.condition != nil)
      case .stops(let node): Issue.record("stops at \(node)")
      }
      let isLooked = simulation.path.nodes.contains { definition.node($0)?.kind.assignees != nil }
      #expect(isLooked || simulation.path.nodes.isEmpty, "\(simulation.path.nodes)")
    }
  }

  @Test(arguments: ShippedWorkflow.allCases)
  func `whoever is asked to decide has a time, somebody behind them and somebody above`(
    _ shipped: ShippedWorkflow
  ) throws {
    for node in try shipped.document.definition().nodes {
      guard let assignees = node.kind.assignees, let deadline = node.kind.deadline else { continue }
      #expect(assignees.fallback != nil, "\(node.id)")
      #expect(deadline.due != nil, "\(node.id)")
      if case .review(let step) = node.kind, !step.mustAcknowledge { continue }
      #expect(!deadline.escalations.isEmpty, "\(node.id)")
    }
  }

  @Test(
    arguments: [
      (.journalApproval, ["0.00", "999.99"], ["band", "manager", "approved"], "small"),
      (.journalApproval, ["1000.00", "1000.01", "9999.99"], ["band", "manager", "approved"], nil),
      (
        .journalApproval, ["10000.00", "10000.01", "99999.99"], ["band", "director", "approved"],
        nil
      ),
      (.journalApproval, ["100000.00", "100000.01"], ["band", "owner", "approved"], nil),
      (
        .vendorInvoice, ["0.01", "4999.99"],
        [
          "check", "goods", "invoice", "checked", "well", "band", "heads", "approve", "post",
          "posted",
        ],
        nil
      ),
      (
        .vendorInvoice, ["5000.00", "5000.01", "49999.99"],
        [
          "check", "goods", "invoice", "checked", "well", "band", "director", "approve", "post",
          "posted",
        ], nil
      ),
      (
        .vendorInvoice, ["50000.00", "50000.01"],
        [
          "check", "goods", "invoice", "checked", "well", "band", "owner", "approve", "post",
          "posted",
        ],
        nil
      ),
      (
        .payment, ["0.01", "9999.99"],
        ["band", "manager", "checks", "approve", "post", "tell", "paid"], nil
      ),
      (
        .payment, ["10000.00", "10000.01", "99999.99"],
        ["band", "first", "second", "director", "checks", "approve", "post", "tell", "paid"], nil
      ),
      (
        .payment, ["100000.00", "100000.01"],
        ["band", "first", "second", "owner", "checks", "approve", "post", "tell", "paid"], nil
      ),
      (.expense, ["0.01", "49.99"], ["band", "superior", "pay", "tell", "paid"], "petty"),
      (.expense, ["50.00", "50.01", "499.99"], ["band", "superior", "pay", "tell", "paid"], nil),
      (.expense, ["500.00", "500.01", "4999.99"], ["band", "head", "pay", "tell", "paid"], nil),
      (.expense, ["5000.00", "5000.01"], ["band", "director", "pay", "tell", "paid"], nil),
      (
        .procurement, ["0.01", "2499.99"],
        ["head", "band", "order", "receive", "complete", "received"], nil
      ),
      (
        .procurement, ["2500.00", "2500.01", "24999.99"],
        ["head", "band", "director", "order", "receive", "complete", "received"], nil
      ),
      (
        .procurement, ["25000.00", "25000.01"],
        [
          "head", "band", "both", "large-director", "large-owner", "agreed", "order", "receive",
          "complete", "received",
        ], nil
      ),
    ] as [(ShippedWorkflow, [String], [String], String?)])
  func `amounts below, at and above a threshold go where they should`(
    _ shipped: ShippedWorkflow, _ amounts: [String], _ nodes: [String], _ rule: String?
  ) throws {
    let definition = try shipped.document.definition()
    for amount in amounts {
      var facts = usual(shipped)
      let name = ["expense": "total", "procurement": "cost"][shipped.key] ?? "amount"
      facts[name] = [.number(try #require(Quantity(amount)))]
      let path = definition.path(of: facts)
      #expect(path.nodes == ["start"] + nodes, "\(amount)")
      #expect(path.automaticApproval == rule, "\(amount)")
      let result: WorkflowResult = shipped == .procurement ? .done : .approved
      #expect(path.ending == .ended(result), "\(amount)")
    }
  }

  /// What is well in every way, but for the amount.
  private func usual(_ shipped: ShippedWorkflow) -> GuardFacts {
    var facts = GuardFacts()
    let sources: [ShippedWorkflow: EntrySource] = [.vendorInvoice: .bill, .payment: .payment]
    facts.set(entryType: .standard, source: sources[shipped] ?? .manual)
    facts.set(budget: .within)
    for name in ["goods_received", "invoice_correct", "has_receipt", "is_complete"] {
      facts[name] = [.flag(true)]
    }
    return facts
  }

  @Test func `entries of the program itself, and those of others, start nothing`() throws {
    var facts = usual(.journalApproval)
    facts.set(entryType: .closing, source: .system)
    facts.set(amount: Money(minorUnits: 100_000_000), exponent: 2)
    for shipped in [ShippedWorkflow.journalApproval, .vendorInvoice, .payment] {
      #expect(try shipped.document.definition().path(of: facts).ending == .notStarted)
    }
  }

  @Test func `a claim without a receipt, and a bill over budget, are looked at`() throws {
    var claim = usual(.expense)
    claim["has_receipt"] = [.flag(false)]
    claim["total"] = [.number(Quantity(10))]
    #expect(
      try ShippedWorkflow.expense.document.definition().path(of: claim).automaticApproval == nil)
    var bill = usual(.vendorInvoice)
    bill.set(budget: .over)
    bill.set(amount: Money(minorUnits: 10_000), exponent: 2)
    let invoice = try ShippedWorkflow.vendorInvoice.document.definition()
    #expect(invoice.path(of: bill).nodes.contains("director"))
    bill["goods_received"] = [.flag(false)]
    #expect(invoice.path(of: bill).ending == .repeats("well"))
  }

  @Test(arguments: [
    ("sick", 3, ["which", "ill", "enter"]), ("sick", 30, ["which", "ill", "enter"]),
    ("holiday", 9, ["which", "superior", "length", "enter"]),
    ("holiday", 10, ["which", "superior", "length", "enter"]),
    ("holiday", 11, ["which", "superior", "length", "director", "enter"]),
    ("unpaid", 1, ["which", "superior", "length", "director", "enter"]),
    ("parental", 1, ["which", "superior", "length", "director", "enter"]),
  ])
  func `leave is decided by its kind and length`(
    _ kind: String, _ days: Int, _ nodes: [String]
  ) throws {
    var facts = GuardFacts()
    facts["kind"] = [.text(kind)]
    facts["days"] = [.number(Quantity(Int128(days)))]
    let path = try ShippedWorkflow.leave.document.definition().path(of: facts)
    #expect(path.nodes == ["start"] + nodes + ["until", "tell", "entered"])
  }

  @Test func `a newcomer gets a laptop only where one is needed`() throws {
    let definition = try ShippedWorkflow.onboarding.document.definition()
    for needed in [true, false] {
      var facts = GuardFacts()
      facts["needs_laptop"] = [.flag(needed)]
      #expect(
        definition.path(of: facts).nodes
          == ["start", "head", "prepare", "contract", "account", "equipment"]
          + (needed ? ["laptop"] : [])
          + ["ready", "first-day", "welcome", "trial", "look-back", "settled"])
    }
  }

  @Test(arguments: [
    ("policy", "directors"), ("contract", "directors"), ("manual", "head"), ("other", "head"),
  ])
  func `what binds the business is approved by its directors`(
    _ kind: String, _ approval: String
  ) throws {
    var facts = GuardFacts()
    facts["kind"] = [.text(kind)]
    facts["is_good"] = [.flag(true)]
    let path = try ShippedWorkflow.documentReview.document.definition().path(of: facts)
    #expect(
      path.nodes
        == [
          "start", "read", "head-reads", "manager-reads", "was-read", "mend", "good", "weight",
          approval, "until", "tell", "in-force",
        ])
  }

  @Test func `the example that explains the files can be published`() throws {
    let readme = try String(contentsOf: folder.appending(path: "README.md"), encoding: .utf8)
    let parts = readme.split(separator: "```yaml\n")
    let example = try #require(parts.dropFirst().first?.split(separator: "```").first)
    let definition = try WorkflowFile.read(text: String(example)).definition()
    #expect(definition.flaws(company()) == [])
    let words =
      WorkflowNode.KindName.allCases.map(\.rawValue)
      + SystemAction.allCases.map(\.rawValue) + GuardAttribute.allCases.map(\.rawValue)
    for word in words { #expect(readme.contains("`\(word)`"), "\(word)") }
  }

  private let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources/Interchange/Workflow")

  @Test func `only the definitions that say so post`() throws {
    let posting = try ShippedWorkflow.allCases.filter { shipped in
      try shipped.document.definition().nodes.contains { node in
        if case .system(let step) = node.kind { step.action == .postEntry } else { false }
      }
    }
    #expect(posting == [.vendorInvoice, .payment])
  }

  @Test func `the list is what the folder holds, and each file explains itself`() throws {
    let files = try FileManager.default.contentsOfDirectory(
      atPath: folder.appending(path: "shipped").path)
    #expect(files.sorted() == ShippedWorkflow.allCases.map { $0.key + ".yaml" }.sorted())
    for shipped in ShippedWorkflow.allCases {
      let lines = shipped.text.split(separator: "\n")
      #expect(lines.first?.hasPrefix("# ") == true)
      #expect(lines.count { $0.contains("# ") } >= 3, "\(shipped.key)")
      #expect(lines.allSatisfy { $0.count <= 110 }, "\(shipped.key)")
    }
  }
}
