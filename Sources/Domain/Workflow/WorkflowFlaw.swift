/// What keeps a definition from being published (RULES §5.2). Nodes are named by their ids.
package enum WorkflowFlaw: Hashable, Sendable {
  case tooManyNodes(most: Int)
  case tooManyEdges(most: Int)
  case repeatedNode(String)
  /// An edge, counted from 1, comes from or leads to what there isn't.
  case unknownNode(String, edge: Int)

  case noStart
  case severalStarts([String])
  case noEnd
  case entersStart(from: String)
  case leavesEnd(String)
  case unreachable(String)
  case deadEnd(String)
  /// It leads somewhere, but only round and round.
  case noWayToEnd(String)
  /// Only a condition chooses, and only a parallel step goes several ways.
  case severalWays(String)
  /// A condition or a parallel step with fewer than two ways.
  case tooFewWays(String)
  /// A loop in which no task or approval says how often it may be come to.
  case endlessLoop([String])

  case unknownJoin(fork: String, join: String)
  case joinWithoutFork(String)
  case sharedJoin(String, forks: [String])
  /// An edge comes to a join from outside its block.
  case foreignJoin(String, from: String)
  /// A node is come to from two branches, or from inside a block and from outside it.
  case reachedAcross(String, from: [String])
  case endInBlock(String, fork: String)
  case joinCount(String, count: Int, branches: Int)

  /// A guard or a default on an edge that no condition chooses.
  case guardElsewhere(String, to: String)
  case noDefault(String)
  case severalDefaults(String)
  case noGuard(String, to: String)
  case guardedDefault(String, to: String)
  case expression(WorkflowGuardPlace, GuardFault)
  /// Nothing that could ever be known leads along it, or another guard before it always does.
  case neverTaken(String, GuardExpression)
  /// Two guards on one name that can hold at once.
  case overlapping(String, GuardExpression, GuardExpression)

  /// Its name is a word of expressions or of what guards can ask anyway, or it isn't a name.
  case variableName(String)
  case repeatedVariable(String)
  case unknownVariable(String, variable: String)
  case notADay(String, variable: String)

  /// Neither its rule nor its fallback finds anybody.
  case nobody(String)
  case nobodyToEscalateTo(String)
  case noRecipients(String)
  /// It asks for an entry's lines or amount where there is none.
  case needsEntry(String)
  case quorum(String, needed: Int, people: Int)

  case noTime(String)
  case escalatesWithoutDue(String)
  case escalationsOutOfOrder(String)
  /// It is due, goes on or escalates when the whole has expired.
  case afterTimeout(String)
  /// Whoever publishes it may not do themselves what it would do.
  case actionNotHeld(String, Permission)
}

/// Where in a definition an expression stands.
package enum WorkflowGuardPlace: Hashable, Sendable {
  case trigger
  case automaticApproval(id: String)
  case edge(from: String, to: String)
}

/// What a definition is held against before it is published.
package struct PublishingContext {
  /// Digits of the base currency.
  package let exponent: Int
  /// What whoever publishes may do.
  package let permissions: Set<Permission>
  /// The codes that there are; nil is any.
  package let departments: Set<String>?
  /// How many people a rule finds for a sample of the subject, before anybody is left out because
  /// of their part in it.
  package let people: (AssigneeRule) -> Int

  package init(
    exponent: Int, permissions: Set<Permission>, departments: Set<String>? = nil,
    people: @escaping (AssigneeRule) -> Int
  ) {
    self.exponent = exponent
    self.permissions = permissions
    self.departments = departments
    self.people = people
  }
}

extension WorkflowDefinition {
  /// What keeps it from being published, in the order of RULES §5.2; empty where nothing does. Takes
  /// time in proportion to its size, however it is wrong.
  package func flaws(_ context: PublishingContext) -> [WorkflowFlaw] {
    guard nodes.count <= WorkflowLimits.nodes else {
      return [.tooManyNodes(most: WorkflowLimits.nodes)]
    }
    guard edges.count <= WorkflowLimits.edges else {
      return [.tooManyEdges(most: WorkflowLimits.edges)]
    }
    var guards = GuardCheck(self, context)
    return GraphCheck(self).flaws + guards.flaws() + StepCheck(self, context).flaws
  }

  /// The names that guards inside it may use.
  package func vocabulary(exponent: Int, departments: Set<String>? = nil) -> GuardVocabulary {
    GuardVocabulary(
      subject: trigger.subject, variables: variables, exponent: exponent,
      departments: departments)
  }
}
