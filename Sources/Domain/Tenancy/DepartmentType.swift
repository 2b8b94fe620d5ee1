/// What a department does (SPEC, 002).
package enum DepartmentType: String, Sendable, CaseIterable {
  case executive
  case finance
  case accounting
  case hr
  case operations
  case sales
  case marketing
  case procurement
  case it
  case legal
  case compliance
  case customerService = "customer_service"
  case warehouse
  case production
  case quality
  case research
  case other
}
