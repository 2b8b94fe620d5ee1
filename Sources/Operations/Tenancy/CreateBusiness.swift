package import Domain
package import Store

/// Makes another business for an owner of the one that it is done in.
package struct CreateBusiness: Command {
  package static let permission: Permission? = .businessCreate
  package static let event = AuditEvent.create
  private let plan: BusinessPlan

  package init(_ plan: BusinessPlan) { self.plan = plan }

  package var subject: Subject { Subject(.business, name: plan.name) }
  package func subject(after business: ID<Business>) -> Subject {
    Subject(.business, business.value, name: plan.name)
  }

  package func run(in change: Change) throws -> ID<Business> {
    guard let owner = change.actor.user else { throw Refusal.notAMember }
    return try change.found(plan, owner: owner)
  }
}

/// Makes a business and somebody new who owns it, where nobody has a right to anything yet.
struct Initialise: Command {
  static let permission: Permission? = nil
  static let operation = "instance.initialise"
  static let event = AuditEvent.create
  let plan: BusinessPlan
  let ownerEmail: String
  let ownerName: String
  /// Or why the password won't do.
  let passwordHash: Result<String, any Error>

  var subject: Subject { Subject(.instance, name: "\(plan.name) of \(ownerEmail)") }

  func run(in change: Change) throws -> ID<Business> {
    let passwordHash = try passwordHash.get()
    try ownerEmail.requireEmail()
    try ownerName.requireName(of: .user, most: InviteUser.mostNameCharacters)
    let owner = try change.insertUser(
      email: ownerEmail, name: ownerName, passwordHash: passwordHash)
    return try change.found(plan, owner: owner)
  }
}

extension Change {
  func requireFreeSlug(_ slug: String) throws {
    guard BusinessPlan.isSlug(slug) else { throw Refusal.business(.slug(slug)) }
    let taken = try one(
      Bool.self,
      """
      SELECT EXISTS (SELECT 1 FROM businesses
        WHERE slug = :slug AND deleted_at IS NULL AND :business >= 0)
      """, ["slug": slug])
    guard !taken else { throw Refusal.taken(kind: .business, name: slug) }
  }

  /// The new business has a record of it in a chain of its own.
  fileprivate func found(_ plan: BusinessPlan, owner: ID<User>) throws -> ID<Business> {
    try plan.name.requireName(of: .business, most: BusinessSettings.nameMostCharacters)
    try requireFreeSlug(plan.slug)
    return try inNewBusiness { change in
      try FoundBusiness.insertRow(plan, in: change)
      let founding = FoundBusiness(business: change.business, plan: plan, owner: owner)
      try change.perform(
        founding, by: .unasked(change.actor, at: change.now))
      return change.business
    }
  }
}
