package import Domain
import Yams

/// What a file of a workflow says, and in which line: read, but not yet understood.
package struct WorkflowDocument: Hashable, Sendable {
  package let path: String
  package let json: JSON
  private let root: DocumentPlace

  init(_ node: Node, path: String) throws(YAMLFileFault) {
    self.path = path
    (json, root) = try NodeAsJSON(path: path).read(node, line: node.mark?.line)
  }

  /// `names` finds the users and departments that it names.
  package func definition(
    names: DefinitionNames = .none
  ) throws(YAMLFileFault) -> WorkflowDefinition {
    do throws(DefinitionFault) { return try WorkflowDefinition(json, names: names) } catch {
      throw fault(error)
    }
  }

  /// The same with its line, for whoever reads `json` where the names are known.
  package func fault(_ fault: DefinitionFault) -> YAMLFileFault {
    let base = root.at(key(of: fault))
    let place = base.place.at(fault.key[...])
    return YAMLFileFault(
      path: path, line: place.place.line ?? base.place.line,
      reason: fault.text(found: place.isWhole ? place.place.text : nil))
  }

  /// Of the node or edge that it is in.
  private func key(of fault: DefinitionFault) -> Substring {
    switch fault.place {
    case .definition: ""
    case .node(let id):
      // What stands there twice is told of the second.
      number(ofNode: id, isLast: fault.reason == .repeated && fault.key == "id")
        .map { "steps.nodes.\($0)" } ?? "steps.nodes"
    case .nodeNumber(let number): "steps.nodes.\(number)"
    case .edge(let number): "steps.edges.\(number)"
    }
  }

  private func number(ofNode id: String, isLast: Bool) -> Int? {
    guard case .array(let nodes)? = json["steps"]?["nodes"] else { return nil }
    let numbers = nodes.indices.filter { nodes[$0]["id"] == .string(id) }
    return (isLast ? numbers.last : numbers.first).map { $0 + 1 }
  }
}

/// Where something stands in a document, and what stands below it.
struct DocumentPlace: Hashable, Sendable {
  /// From 1: of what is under a key, the key's.
  let line: Int?
  /// As it is written, without quotes; nil of lists and of names with values.
  var text: String?
  /// By keys, and by numbers from 1.
  var below: [String: DocumentPlace] = [:]

  /// What `key` leads to, such as `escalations.2.to`; where something is missing, what it would
  /// stand in.
  func at(_ key: Substring) -> (place: DocumentPlace, isWhole: Bool) {
    if key.isEmpty { return (self, true) }
    // A key of somebody's own may have points in it.
    if let whole = below[String(key)] { return (whole, true) }
    let name = key.prefix { $0 != "." }
    guard name.endIndex < key.endIndex, let next = below[String(name)] else { return (self, false) }
    return next.at(key[name.endIndex...].dropFirst())
  }
}
