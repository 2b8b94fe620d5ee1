import Domain
import Testing

@Suite struct WorkflowSimulationTests {
  private let banded = WorkflowDefinition(
    key: "bands", name: "Bands",
    trigger: WorkflowTrigger(.entry, when: Sound.expression("amount > 0")),
    automaticApprovals: [AutomaticApproval(id: "tiny", when: Sound.expression("amount < 10"))],
    nodes: [
      WorkflowNode("start", .start), WorkflowNode("large", .condition),
      WorkflowNode("fork", .parallel(join: "both")),
      WorkflowNode("manager", .approval(ApprovalStep(Sound.manager))),
      WorkflowNode("director", .approval(ApprovalStep(Assignees(.role(.director))))),
      WorkflowNode("owner", .approval(ApprovalStep(Assignees(.role(.owner))))),
      WorkflowNode("both", .join(.all)), WorkflowNode("done", .end(.approved)),
    ],
    edges: [
      WorkflowEdge("start", "large"),
      WorkflowEdge("large", "fork", when: Sound.expression("amount >= 5000")),
      WorkflowEdge("large", "manager", isDefault: true), WorkflowEdge("manager", "done"),
      WorkflowEdge("fork", "director"), WorkflowEdge("fork", "owner"),
      WorkflowEdge("director", "both"), WorkflowEdge("owner", "both"),
      WorkflowEdge("both", "done"),
    ])

  @Test func `samples stand just below, at and above each threshold`() {
    let simulations = banded.simulations(Flawed.context())
    #expect(banded.flaws(Flawed.context()) == [])
    func amounts(_ simulation: WorkflowSimulation) -> [GuardValue] {
      simulation.samples.flatMap { $0[.amount] }
    }
    func money(_ cents: Int64...) -> [GuardValue] {
      cents.map { .number(Quantity(Money(minorUnits: $0), exponent: 2)) }
    }
    #expect(
      simulations.map(\.path) == [
        SimulatedPath(nodes: [], ending: .notStarted, automaticApproval: nil),
        SimulatedPath(
          nodes: ["start", "large", "manager", "done"], ending: .ended(.approved),
          automaticApproval: "tiny"),
        SimulatedPath(
          nodes: ["start", "large", "manager", "done"], ending: .ended(.approved),
          automaticApproval: nil),
        SimulatedPath(
          nodes: ["start", "large", "fork", "director", "owner", "both", "done"],
          ending: .ended(.approved), automaticApproval: nil),
      ])
    #expect(
      simulations.map(amounts) == [
        money(0), money(1, 999), money(1_000, 1_001, 499_999), money(500_000, 500_001),
      ])
  }

  @Test func `a currency without cents has thresholds in whole units`() {
    let context = PublishingContext(exponent: 0, permissions: [], people: { _ in 1 })
    let amounts = banded.simulations(context).flatMap { $0.samples.flatMap { $0[.amount] } }
    #expect(
      amounts == [0, 1, 9, 10, 11, 4_999, 5_000, 5_001].map { .number(Quantity($0)) })
  }

  @Test func `a loop is gone round once`() {
    let simulations = Sound.request.simulations(Flawed.context())
    #expect(
      Set(simulations.map(\.path.ending)) == [.ended(.done), .repeats("fill")])
    let path = Sound.request.path(of: GuardFacts(["complete": [.flag(true)]]))
    #expect(path.nodes == ["start", "fill", "enough"])
    #expect(path.ending == .repeats("fill"))
  }

  @Test func `more mixtures than anybody reads are tried one name at a time`() {
    let names = (0..<12).map { "v\($0)" }
    let guards = names.map { Sound.expression("\($0) > 5") }
    let definition = WorkflowDefinition(
      key: "a", name: "A", variables: names.map { WorkflowVariable($0, .number) },
      nodes: [WorkflowNode("start", .start), WorkflowNode("choice", .condition)]
        + (["other"] + names).map { WorkflowNode($0, .end(.done)) },
      edges: [WorkflowEdge("start", "choice")]
        + zip(names, guards).map { WorkflowEdge("choice", $0, when: $1) }
        + [WorkflowEdge("choice", "other", isDefault: true)])
    let simulations = definition.simulations(Flawed.context())
    // Below, at, above and unknown: of twelve names, each with the first of the others.
    #expect(simulations.flatMap(\.samples).count == 1 + 12 * 3)
    #expect(Set(simulations.map(\.path.nodes.last)) == Set(names + ["other"]))
  }

  @Test func `an unsound definition has a path that says where it stops`() {
    func path(_ edges: String) -> SimulatedPath {
      Flawed.definition(edges).path(of: GuardFacts())
    }
    #expect(path("t>e").ending == .stops(""))
    #expect(path("s>t").ending == .stops("t"))
    #expect(path("s>t t>t").ending == .repeats("t"))
    #expect(path("s>f f>t f>a t>j j>e").ending == .stops("a"))
    #expect(path("s>f f>t f>f t>f").ending == .repeats("f"))
  }

  @Test func `everything that is sound comes to an end or round again`() {
    var chance = SplitMix(seed: 3)
    for _ in 0..<1_000 {
      let definition = RandomDefinition.make(&chance)
      let path = definition.path(of: RandomDefinition.facts(&chance))
      switch path.ending {
      case .ended(let result):
        #expect(definition.node(path.nodes.last ?? "")?.kind == .end(result))
      case .repeats(let node): #expect(definition.node(node)?.maxVisits != nil)
      case .notStarted, .stops: Issue.record("\(path)")
      }
    }
  }
}
