/// Files that prove an entry or a period (RULES §3.15), within what the schema keeps of them.
package enum Evidence {
  package static let mostBytes = 32 << 20
  package static let mostNameCharacters = 255
  package static let mostDescriptionCharacters = 500

  /// What a file of that name is, by its ending: it is said to readers and nothing is opened by it.
  package static func mediaType(of name: String) -> String {
    let parts = name.lowercased().split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 1, let ending = parts.last else { return unknownType }
    return mediaTypes[String(ending)] ?? unknownType
  }

  private static let unknownType = "application/octet-stream"

  private static let mediaTypes = [
    "csv": "text/csv", "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "eml": "message/rfc822", "gif": "image/gif", "heic": "image/heic", "htm": "text/html",
    "html": "text/html", "jpeg": "image/jpeg", "jpg": "image/jpeg", "json": "application/json",
    "md": "text/markdown", "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text", "pdf": "application/pdf",
    "png": "image/png", "tif": "image/tiff", "tiff": "image/tiff", "txt": "text/plain",
    "webp": "image/webp", "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml", "zip": "application/zip",
  ]
}

extension EntryStatus {
  /// Whether approvals are bound to it as it was submitted, its evidence included.
  package var isBeingApproved: Bool { self == .pendingApproval || self == .approved }
}
