/// The workflows that come with the program, to start from: each a file in `shipped`, of a small
/// company with an owner, directors, managers and departments with heads.
package enum ShippedWorkflow: String, Sendable, CaseIterable {
  case journalApproval = "journal-approval"
  case vendorInvoice = "vendor-invoice"
  case payment
  case expense
  case procurement
  case leave
  case onboarding
  case documentReview = "document-review"

  /// Of its definition; also the file's name, without its ending.
  package var key: String { rawValue }

  /// As the definition is called.
  package var title: String {
    switch self {
    case .journalApproval: "Journal approval"
    case .vendorInvoice: "Vendor invoice"
    case .payment: "Payment"
    case .expense: "Expense claim"
    case .procurement: "Procurement"
    case .leave: "Leave"
    case .onboarding: "Onboarding"
    case .documentReview: "Document review"
    }
  }

  /// The file, with the comments that explain it: for people to write down, change and define.
  package var text: String {
    String(decoding: bytes, as: UTF8.self)
  }

  private var bytes: [UInt8] {
    switch self {
    case .journalApproval: PackageResources.journal_approval_yaml
    case .vendorInvoice: PackageResources.vendor_invoice_yaml
    case .payment: PackageResources.payment_yaml
    case .expense: PackageResources.expense_yaml
    case .procurement: PackageResources.procurement_yaml
    case .leave: PackageResources.leave_yaml
    case .onboarding: PackageResources.onboarding_yaml
    case .documentReview: PackageResources.document_review_yaml
    }
  }

  /// What the file says; faults call it by its name. Ours have none.
  package var document: WorkflowDocument {
    get throws(YAMLFileFault) { try WorkflowFile.read(text: text, path: "\(key).yaml") }
  }
}
