import Domain

/// Reads ERPNext's and Frappe Books' charts: JSON in which an account is an object, its fields
/// that are objects are the accounts below it, and the others say what it is. Only roots name
/// their type.
struct ERPNextReader {
  private let file: String
  private var builder = ChartBuilder()

  static func read(_ bytes: [UInt8], file: String) throws(ImportError) -> ForeignChart {
    var reader = ERPNextReader(file: file)
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let document: JSONDocument
    do {
      document = try JSONDocument(hasMark ? Array(bytes.dropFirst(3)) : bytes)
    } catch {
      throw reader.error(error)
    }
    try reader.readTree(document)
    return reader.builder.chart
  }

  private init(file: String) { self.file = file }

  /// What a field of an account says. The two programs spell the names in their own ways.
  private enum Trait {
    case number
    case type
    case rootType
    case isGroup
    case currency
    case unused
  }

  private static let traits: [String: Trait] = [
    "account_number": .number, "accountNumber": .number, "account_type": .type,
    "accountType": .type, "root_type": .rootType, "rootType": .rootType, "is_group": .isGroup,
    "isGroup": .isGroup, "account_currency": .currency, "accountCurrency": .currency,
    "account_name": .unused, "accountName": .unused, "account_category": .unused,
    "accountCategory": .unused, "report_type": .unused, "reportType": .unused,
    "tax_rate": .unused, "taxRate": .unused, "disabled": .unused,
  ]

  /// The whole document is the tree, or its field `tree` is.
  private mutating func readTree(_ document: JSONDocument) throws(ImportError) {
    let fields = try fields(of: document, "a chart")
    let tree = fields.first { $0.name == "tree" }?.value ?? document
    for (name, account) in try self.fields(of: tree, "tree") {
      try read(account, named: name, below: nil, root: "")
    }
  }

  private mutating func read(
    _ document: JSONDocument, named name: String, below parent: Int?, root: String
  ) throws(ImportError) {
    let fields = try fields(of: document, name)
    var traits: [Trait: String] = [:]
    var children: [(name: String, value: JSONDocument)] = []
    for (name, value) in fields {
      if case .object = value.content {
        children.append((name, value))
      } else if let trait = Self.traits[name] {
        traits[trait] = try text(of: value, name)
      } else {
        throw error(value.failure(.unknownField(name)))
      }
    }
    let root = traits[.rootType] ?? root
    let type = ForeignTypeWords.erpNextType(root)
    let word = traits[.type] ?? ""
    let place = try builder.add(
      ForeignChartAccount(
        name: name, parent: parent, number: traits[.number] ?? "",
        word: word.isEmpty && type == nil ? root : word, type: type,
        category: ForeignTypeWords.erpNextCategory(word, in: type),
        isHeading: !children.isEmpty || ["1", "true"].contains(traits[.isGroup]),
        commodity: traits[.currency] ?? "",
        position: SourcePosition(file: file, line: document.line, column: document.column)))
    for child in children {
      try read(child.value, named: child.name, below: place, root: root)
    }
  }

  private func fields(
    of document: JSONDocument, _ what: String
  ) throws(ImportError) -> [(name: String, value: JSONDocument)] {
    do throws(JSONFault) {
      return try document.fields(what)
    } catch {
      throw self.error(error)
    }
  }

  private func text(of value: JSONDocument, _ name: String) throws(ImportError) -> String {
    switch value.content {
    case .string(let text), .number(let text): return text
    case .bool(let flag): return String(flag)
    case .null: return ""
    case .array, .object: throw error(value.failure(.wrongKind(name, wanted: "text in quotes")))
    }
  }

  private func error(_ fault: JSONFault) -> ImportError {
    ImportError(
      file: file, line: fault.line, column: fault.column, fault: .document(fault.fault))
  }
}
