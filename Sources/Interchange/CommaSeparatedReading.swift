import Domain

extension CommaSeparated {
  /// The cells between two ends of lines.
  package struct Record: Hashable, Sendable {
    /// That it begins on, from 1.
    package let line: Int
    package let cells: [String]
  }

  /// Reads records that commas part and either kind of line end ends; blank lines are left out.
  /// Throws for what isn't RFC 4180 or no text.
  package static func records(
    in bytes: [UInt8], file: String
  ) throws(ImportError) -> [Record] {
    var reader = try CSVReader(bytes, file: file, separator: UInt8(ascii: ","))
    var records: [Record] = []
    while let record = try reader.next() {
      records.append(Record(line: record.position.line, cells: record.fields.map(\.text)))
    }
    return records
  }
}
