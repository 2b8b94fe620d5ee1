package import Domain

/// Charts of accounts as other programs write them.
package enum ChartFile {
  package enum Format: String, CaseIterable, Sendable {
    /// GnuCash's XML: an account template, or a book that isn't compressed.
    case gnucash
    /// The JSON of ERPNext's and of Frappe Books' charts.
    case erpnext
  }

  /// Reads a chart: whole, or not at all. Errors show `path` as the person gave it.
  package static func read(
    path: String, format: Format,
    files: JournalFiles = .onDisk(mostBytes: ChartLimits.fileBytes)
  ) throws(ImportError) -> ForeignChart {
    let bytes: [UInt8]
    do {
      bytes = try files.contents(path, nil)
    } catch {
      throw ImportError(file: path, fault: .unreadable(error))
    }
    try JournalLines.checkText(bytes, file: path)
    return switch format {
    case .gnucash: try GnuCashReader.read(bytes, file: path)
    case .erpnext: try ERPNextReader.read(bytes, file: path)
    }
  }
}

/// How much of a chart is too much. Real ones stay far below.
package enum ChartLimits {
  package static let fileBytes = 4 << 20
  package static let accounts = 20_000
  /// Of XML, and how deep they stand in each other.
  package static let elements = 200_000
  package static let levels = 32
}
