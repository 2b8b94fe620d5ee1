import Domain
import Testing

/// RULES §5.2: each of these definitions breaks one rule, and is told that and nothing else.
@Suite struct WorkflowFlawTests {
  @Test func `what is sound has no flaws`() {
    #expect(Sound.approval.flaws(Flawed.context()) == [])
    #expect(Sound.request.flaws(Flawed.context()) == [])
    #expect(Sound.everything.flaws(Flawed.context()) == [])
  }

  @Test(arguments: Flawed.graphs.indices)
  func `a graph that loses its way is told where`(_ index: Int) {
    let (edges, flaws) = Flawed.graphs[index]
    #expect(Flawed.definition(edges).flaws(Flawed.context()) == flaws, "\(edges)")
  }

  @Test(arguments: Flawed.guards.indices)
  func `guards that decide nothing are told`(_ index: Int) {
    let (guards, flaws) = Flawed.guards[index]
    #expect(Flawed.choice(guards).flaws(Flawed.context()) == flaws, "\(guards)")
  }

  @Test(arguments: Flawed.steps.indices)
  func `a step that nobody can do in time is told`(_ index: Int) {
    let (kind, flaws) = Flawed.steps[index]
    #expect(Flawed.single(kind).flaws(Flawed.context()) == flaws, "\(kind)")
  }

  @Test func `an assignee rule finds somebody or has a fallback that does`() {
    func flaws(_ assignees: Assignees, _ deadline: Deadline = .none) -> [WorkflowFlaw] {
      Flawed.single(.task(TaskStep(assignees, deadline: deadline))).flaws(
        Flawed.context { $0 == .role(.owner) ? 1 : 0 })
    }
    #expect(flaws(Assignees(.role(.owner))) == [])
    #expect(flaws(Assignees(.limitChain)) == [.nobody("step")])
    #expect(flaws(Assignees(.limitChain, fallback: .role(.owner))) == [])
    #expect(flaws(Assignees(.limitChain, fallback: .group("none"))) == [.nobody("step")])
    #expect(
      flaws(
        Assignees(.role(.owner)),
        Deadline(
          due: WorkflowDuration(minutes: 5), escalations: [Escalation(to: .group("none"))]))
        == [.nobodyToEscalateTo("step")])
  }

  @Test func `a quorum is no more than those who can be asked`() {
    func flaws(_ needed: Int, _ assignees: Assignees) -> [WorkflowFlaw] {
      Flawed.single(.approval(ApprovalStep(assignees, mode: .quorum(needed)))).flaws(
        Flawed.context { $0 == .role(.owner) ? 2 : $0 == .role(.manager) ? 3 : 0 })
    }
    #expect(flaws(3, Assignees(.role(.manager))) == [])
    #expect(
      flaws(4, Assignees(.role(.manager))) == [.quorum("step", needed: 4, people: 3)])
    #expect(
      flaws(0, Assignees(.role(.manager))) == [.quorum("step", needed: 0, people: 3)])
    let fallsBack = Assignees(.limitChain, fallback: .role(.owner))
    #expect(flaws(3, fallsBack) == [.quorum("step", needed: 3, people: 2)])
    #expect(flaws(1, Assignees(.limitChain)) == [.nobody("step")])
  }

  @Test(arguments: SystemAction.allCases)
  func `whoever publishes holds what the system does for it`(_ action: SystemAction) {
    let definition = Flawed.single(.system(SystemStep(action)))
    let others = Set(Permission.allCases).subtracting([action.permission])
    #expect(
      definition.flaws(Flawed.context(others)) == [.actionNotHeld("step", action.permission)])
    #expect(definition.flaws(Flawed.context([action.permission])) == [])
  }

  @Test func `a request has no lines, no amount and nothing to post`() {
    for kind: WorkflowNode.Kind in [
      .task(TaskStep(Assignees(.limitChain))),
      .task(TaskStep(Assignees(.role(.owner), fallback: .departmentHeads))),
      .notification(NotificationStep(to: [.departmentHeads], template: "now")),
      .system(SystemStep(.postEntry)),
    ] {
      #expect(Flawed.single(kind).flaws(Flawed.context()) == [])
      #expect(
        Flawed.single(kind, subject: .request).flaws(Flawed.context()) == [.needsEntry("step")])
    }
  }

  @Test func `what starts it can't ask for what is filled in later`() {
    let condition = Sound.expression("urgent")
    let definition = WorkflowDefinition(
      key: "a", name: "A", trigger: WorkflowTrigger(.entry, when: condition),
      variables: [WorkflowVariable("urgent", .flag)],
      automaticApprovals: [AutomaticApproval(id: "big", when: Sound.expression("amuont > 5"))],
      nodes: Sound.approval.nodes, edges: Sound.approval.edges)
    #expect(
      definition.flaws(Flawed.context()) == [
        .expression(.trigger, .unknownName("urgent")),
        .expression(.automaticApproval(id: "big"), .unknownName("amuont")),
      ])
  }

  @Test func `a variable has a name of its own`() {
    func flaws(_ names: String...) -> [WorkflowFlaw] {
      WorkflowDefinition(
        key: "a", name: "A", variables: names.map { WorkflowVariable($0, .flag) },
        nodes: Sound.approval.nodes, edges: Sound.approval.edges
      ).flaws(Flawed.context())
    }
    #expect(flaws("urgent", "pay_on") == [])
    #expect(flaws("amount") == [.variableName("amount")])
    #expect(flaws("not", "5x", "Big") == ["not", "5x", "Big"].map(WorkflowFlaw.variableName))
    #expect(flaws("a", "b", "a") == [.repeatedVariable("a")])
  }

  @Test func `nodes that are told twice or not at all are named`() {
    let start = WorkflowNode("start", .start)
    let end = WorkflowNode("end", .end(.done))
    let twice = WorkflowDefinition(
      key: "a", name: "A", nodes: [start, end, WorkflowNode("end", .end(.approved))],
      edges: [WorkflowEdge("start", "end")])
    #expect(twice.flaws(Flawed.context()) == [.repeatedNode("end")])
    let unknown = WorkflowDefinition(
      key: "a", name: "A", nodes: [start, end],
      edges: [WorkflowEdge("start", "end"), WorkflowEdge("nowhere", "end")])
    #expect(unknown.flaws(Flawed.context()) == [.unknownNode("nowhere", edge: 2)])
  }

  @Test func `ten thousand nodes are refused at once, two hundred of any shape are looked at`() {
    func chain(_ count: Int, _ kind: WorkflowNode.Kind = .condition) -> WorkflowDefinition {
      let ids = (0..<count).map { "n\($0)" }
      return WorkflowDefinition(
        key: "a", name: "A", nodes: ids.map { WorkflowNode($0, kind) },
        edges: zip(ids, ids.dropFirst()).map { WorkflowEdge($0, $1) })
    }
    #expect(chain(10_000).flaws(Flawed.context()) == [.tooManyNodes(most: 200)])
    #expect(chain(200).flaws(Flawed.context()).count > 200)
    // A block in a block, sixty-six deep.
    let deep = (0..<66).map { "f\($0)" } + ["start", "end"]
    var edges = [("start", "f0"), ("j0", "end")]
    for depth in 0..<66 {
      edges += [("f\(depth)", "j\(depth)"), ("f\(depth)", depth < 65 ? "f\(depth + 1)" : "j65")]
      if depth > 0 { edges.append(("j\(depth)", "j\(depth - 1)")) }
    }
    let definition = WorkflowDefinition(
      key: "a", name: "A",
      nodes: deep.map { WorkflowNode($0, Flawed.kind($0)) }
        + (0..<66).map { WorkflowNode("j\($0)", .join(.all)) },
      edges: edges.map { WorkflowEdge($0, $1) })
    #expect(definition.flaws(Flawed.context()) == [])
  }

  @Test func `finding out what guards come to has an end`() {
    // Four hundred guards on thirty names, more mixtures than anybody could try.
    let variables = (0..<30).map { WorkflowVariable("v\($0)", .number) }
    let guards = (0..<398).map { index in
      Sound.expression("v\(index % 30) > \(index) and v\((index + 7) % 30) < -\(index)")
    }
    let ids = guards.indices.map { "n\($0 % 190)" }
    let definition = WorkflowDefinition(
      key: "a", name: "A", variables: variables,
      nodes: [WorkflowNode("start", .start), WorkflowNode("choice", .condition)]
        + (0..<190).map { WorkflowNode("n\($0)", .end(.done)) },
      edges: [WorkflowEdge("start", "choice"), WorkflowEdge("choice", "n0", isDefault: true)]
        + zip(ids, guards).map { WorkflowEdge("choice", $0, when: $1) })
    #expect(definition.flaws(Flawed.context()) == [])
  }

  @Test func `what is made of blocks has no flaws, and is read as it was written`() throws {
    var chance = SplitMix(seed: 1)
    var kinds: Set<WorkflowNode.KindName> = []
    for round in 0..<10_000 {
      let definition = RandomDefinition.make(&chance)
      let flaws = definition.flaws(RandomDefinition.context)
      #expect(flaws.isEmpty, "\(round): \(flaws) \(definition.json.text)")
      if round % 100 == 0 { #expect(try WorkflowDefinition(definition.json) == definition) }
      kinds.formUnion(definition.nodes.map(\.kind.name))
      guard flaws.isEmpty else { return }
    }
    #expect(kinds == Set(WorkflowNode.KindName.allCases))
  }

  @Test func `an edge that is left out or bent is found out`() {
    var chance = SplitMix(seed: 2)
    for _ in 0..<300 {
      let definition = RandomDefinition.make(&chance)
      let edges = definition.edges
      let place = Int(chance.number(below: UInt64(edges.count)))
      let without = Flawed.replacing(
        edges.indices.filter { $0 != place }.map { edges[$0] }, definition)
      // Without one of three ways a choice is still one.
      let ways = definition.edges(from: edges[place].from)
      let isSpare = ways.count > 2 && !edges[place].isDefault
      let isLast = definition.edges(into: edges[place].to).count == 1
      if !isSpare || isLast {
        #expect(!without.flaws(RandomDefinition.context).isEmpty, "\(edges[place])")
      }
      var bent = edges
      bent[place] = WorkflowEdge(
        edges[place].from, "start0", when: edges[place].condition, isDefault: edges[place].isDefault
      )
      #expect(!Flawed.replacing(bent, definition).flaws(RandomDefinition.context).isEmpty)
    }
  }
}
