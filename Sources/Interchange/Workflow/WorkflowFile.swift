package import Domain
import Yams

/// A workflow as people write and keep it: YAML, or JSON, which is YAML too. It has the keys of the
/// definition's document, and gives back the same definition however often it is read and written.
package enum WorkflowFile {
  /// No definition that can be published needs more.
  package static let mostBytes = 256 << 10

  package static func read(
    path: String, files: JournalFiles = .onDisk(mostBytes: WorkflowFile.mostBytes)
  ) throws(YAMLFileFault) -> WorkflowDocument {
    try read(text: YAMLFile.text(path: path, files: files), path: path)
  }

  /// The same of a text that is at hand; faults call it `path`.
  package static func read(
    text: String, path: String = "workflow.yaml"
  ) throws(YAMLFileFault) -> WorkflowDocument {
    guard let root = try YAMLFile.document(in: text, path: path, mostBytes: mostBytes) else {
      throw YAMLFileFault(
        path: path, line: 1, reason: "the file is empty; here should be key, name and steps")
    }
    return try WorkflowDocument(root, path: path)
  }

  /// For people to edit. Users and departments are given by their ids.
  package static func text(of definition: WorkflowDefinition) -> String {
    do {
      return try Yams.serialize(
        node: definition.node, indent: 2, width: 100, allowUnicode: true, sortKeys: false)
    } catch {
      preconditionFailure("nodes without anchors can be written: \(error)")
    }
  }
}
