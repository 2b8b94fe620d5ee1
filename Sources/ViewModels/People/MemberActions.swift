import Domain
import Keys
import Operations
import Phrases

/// What is done to a member.
struct MemberActions {
  let member: Members.Row?
  let desk: Desk

  static let keymap: [Binding] = [
    .peopleRights, .memberInvite, .memberRole, .memberLimit, .memberApproves, .memberPlace,
    .memberSuperior, .memberTitle, .memberGrants, .memberSuspend, .memberUnlock, .memberReset,
    .memberFactor, .memberRemove,
  ]

  var all: [Action] {
    [
      look(.peopleRights, unavailable: unheard) { [desk] in
        desk.navigator.show(RightsScreen(of: $0, at: desk))
      },
      Action(.memberInvite) { [desk] in
        [
          desk.fetch(Departments(), holding: .keys) {
            desk.navigator.show(Self.invitation($0, desk))
          }
        ]
      },
      act(.memberRole, roles(of:)), act(.memberLimit, limit(of:)),
      act(.memberApproves, approval(of:)), act(.memberPlace, place),
      act(.memberSuperior, superior(of:)), act(.memberTitle, title(of:)),
      look(.memberGrants, unavailable: unseen) { [desk] in
        desk.navigator.show(GrantsScreen(of: $0, at: desk))
      },
      suspending,
      act(.memberUnlock, unavailable: notLocked) {
        desk.carryOut(UnlockMember($0.id), "\($0.name) can sign in again.")
      },
      act(.memberReset, unavailable: unresettable, reset(for:)),
      act(.memberFactor, unavailable: noFactor) { member in
        desk.askWhy(
          title: "Take the second factor off the sign-in of \(member.name)?",
          body: """
            Be sure that it is they who ask. Their sessions end, and they sign in by their password \
            alone until they set up another.
            """, confirm: "Take it off", least: RemoveSecondFactor.leastReason
        ) {
          desk.carryOut(
            RemoveSecondFactor(member.id, reason: $0),
            "\(member.name) signs in by their password alone now.")
        }
      },
      act(.memberRemove) { member in
        desk.askWhy(
          title: "Remove \(member.name)?",
          body: "They can't work here any more; what they did stays in their name.",
          confirm: "Remove", least: RemoveMember.leastReason
        ) {
          desk.carryOut(
            RemoveMember(member.id, reason: $0), "\(member.name) is no member any more.")
        }
      },
    ]
  }

  private func unheard(_ member: Members.Row) -> Phrase? {
    guard member.showsRights else { return "What they may do is not for you to hear." }
    return member.status == "active"
      ? nil : UserMessage(Refusal.access(.memberStatus(member.status))).phrase
  }

  private func unseen(_ member: Members.Row) -> Phrase? {
    member.showsGrants ? nil : "What is granted to them is not for you to see."
  }

  private func invited(_ member: Members.Row) -> Phrase? {
    member.status == "pending" ? "They haven't joined yet. Remove the invitation instead." : nil
  }

  private func notLocked(_ member: Members.Row) -> Phrase? {
    member.isLocked ? nil : "Wrong passwords don't keep them out."
  }

  private func noFactor(_ member: Members.Row) -> Phrase? {
    member.hasSecondFactor ? nil : UserMessage(Refusal.secondFactor(.theyHaveNone)).phrase
  }

  private func unresettable(_ member: Members.Row) -> Phrase? {
    if member.user == desk.place.user {
      return "Change your own password with \(desk.navigator.key(of: .yourAccount))."
    }
    return member.status == "active"
      ? nil : UserMessage(Refusal.access(.memberStatus(member.status))).phrase
  }

  /// What is done to the member, which is nobody who is above one, nor oneself.
  private func act(
    _ binding: Binding, unavailable: (Members.Row) -> Phrase? = { _ in nil },
    _ perform: @escaping (Members.Row) -> [Effect]
  ) -> Action {
    look(
      binding, unavailable: unavailable, act: binding.permission.map(WhatIsDenied.Act.govern),
      perform)
  }

  /// What only shows something of theirs, by default.
  private func look(
    _ binding: Binding, unavailable: (Members.Row) -> Phrase?, act: WhatIsDenied.Act? = nil,
    _ perform: @escaping (Members.Row) -> [Effect]
  ) -> Action {
    let member = member
    return Action(
      binding, unavailable: member.map(unavailable) ?? "There is nobody here.", act: act
    ) { member.map(perform) ?? [] }
  }

  /// A suspended or removed member comes back by the key that a member is suspended by.
  private var suspending: Action {
    guard let member, ["suspended", "inactive"].contains(member.status) else {
      return act(.memberSuspend, unavailable: invited) { member in
        desk.askWhy(
          title: "Suspend \(member.name)?",
          body: "Their sessions end, and they can't sign in here.", confirm: "Suspend",
          least: SuspendMember.leastReason
        ) { desk.carryOut(SuspendMember(member.id, reason: $0), "\(member.name) is suspended.") }
      }
    }
    return Action(
      .memberSuspend, title: "reinstate", summary: "Let them in again",
      act: SuspendMember.permission.map(WhatIsDenied.Act.govern)
    ) {
      desk.carryOut(ReinstateMember(member.id), "\(member.name) is a member again.")
    }
  }

  // MARK: A forgotten password

  private func reset(for member: Members.Row) -> [Effect] {
    desk.navigator.ask(
      Dialog(
        title: "Give \(member.name) a code for a new password?",
        body: """
          Be sure that it is they who ask: who has the code signs in as them. Until it is used, \
          their old password stays.
          """, confirm: "Make it"
      ) { [desk] _ in
        [
          desk.navigator.attempt("Making a code", holding: .keys) {
            try await desk.workspace.resetPassword(of: member.id, as: desk.principal)
          } then: { code in
            desk.noteActivity(of: ResetPassword.self)
            let command = ResetPassword.command(for: member.email, at: desk.workspace.path)
            return desk.showOnce(
              code, "code", title: "\(member.name) can set a new password",
              body: """
                Hand them this code by another way than e-mail; it works once, for a day: \(code). \
                On the sign-in screen they press \(desk.navigator.key(of: .sessionCode)), or they \
                run: \(command)
                """)
          }
        ]
      })
  }

  // MARK: Role

  private func roles(of member: Members.Row) -> [Effect] {
    let entries = Role.allCases.reversed().map { role in
      Chooser.Entry(role.phrase, note: role == member.role ? "now" : .empty) { [desk] in
        role == member.role
          ? [] : [desk.fetch(SimulateRole(role, for: member.user)) { ask(role, for: member, $0) }]
      }
    }
    return desk.navigator.choose(Chooser(title: "The role of \(member.name)", entries: entries))
  }

  /// What it would give and take is said before anybody says yes.
  private func ask(
    _ role: Role, for member: Members.Row, _ outcome: SimulateRole.Outcome
  ) -> [Effect] {
    let most = 4
    let names = { (permissions: [Permission]) -> Phrase in
      let rest = permissions.count - most
      let names = Phrase.joined(permissions.prefix(most).map { $0.phrase() }, separator: ", ")
      return rest > 0 ? "\(names) and \(rest) more" : names
    }
    let gains: Phrase =
      outcome.gained.isEmpty
      ? .empty : "They gain \(outcome.gained.count): \(names(outcome.gained))."
    let losses: Phrase =
      outcome.lost.isEmpty ? .empty : "They lose \(outcome.lost.count): \(names(outcome.lost))."
    let count = outcome.conflicts.count
    let conflicts: Phrase =
      count == 0
      ? .empty
      : count == 1
        ? "One person had better not hold all of it: 1 conflict."
        : "One person had better not hold all of it: \(count) conflicts."
    return desk.navigator.ask(
      Dialog(
        title: "Make \(member.name) \(role.phrase)?",
        body: .joined(
          [gains, losses, conflicts, "Their sessions end."], separator: " "),
        confirm: "Change it"
      ) { _ in
        desk.carryOut(AssignRole(role, to: member.id), "\(member.name) is \(role.phrase) now.")
      })
  }

  // MARK: What they may approve, and where they stand

  private func limit(of member: Members.Row) -> [Effect] {
    desk.navigator.ask(
      Dialog(
        title: "How much may \(member.name) approve?",
        body: "In \(desk.place.baseCurrency). Nothing typed is the limit of their role.",
        confirm: "Set it", field: FieldState("Limit", member.limit.map(desk.text) ?? ""),
        fault: { [exponent = desk.place.exponent] typed in
          do {
            _ = try amount(typed, exponent)
            return nil
          } catch { return UserMessage(error).phrase }
        }
      ) { [exponent = desk.place.exponent] typed in
        // The question was asked again until it could be read.
        guard let limit = try? amount(typed, exponent) else { return [] }
        return desk.carryOut(
          LimitMember(member.id, to: limit), "The limit of \(member.name) is set.")
      })
  }

  private func amount(_ typed: String, _ exponent: Int) throws -> Money? {
    let text = typed.trimmingSpaces
    return text.isEmpty ? nil : try AmountExpression.parse(text, exponent: exponent)
  }

  private func approval(of member: Members.Row) -> [Effect] {
    let may = !member.mayApprove
    return desk.navigator.ask(
      Dialog(
        title: may ? "Let \(member.name) approve?" : "Let \(member.name) no longer approve?",
        body: may
          ? "What belongs to their departments, up to their limit, whatever their role."
          : "What their role and grants let them approve they still may.",
        confirm: may ? "Let them" : "Take it back"
      ) { _ in
        desk.carryOut(
          LetApprove(member.id, may: may),
          may
            ? "\(member.name) may approve now."
            : "\(member.name) may approve only what their role or grants let them.")
      })
  }

  private func title(of member: Members.Row) -> [Effect] {
    desk.navigator.ask(
      Dialog(
        title: "What is the job of \(member.name) called?", body: .empty, confirm: "Set it",
        field: FieldState("Title", member.title),
        fault: {
          $0.unicodeScalars.count > SetTitle.mostCharacters
            ? UserMessage(Refusal.access(.tooLong(most: SetTitle.mostCharacters))).phrase : nil
        }
      ) { title in
        desk.carryOut(
          SetTitle(title.trimmingSpaces, of: member.id), "The title of \(member.name) is set.")
      })
  }

  private func superior(of member: Members.Row) -> [Effect] {
    func entry(_ title: Phrase, _ above: Members.Row?) -> Chooser.Entry {
      Chooser.Entry(title, note: above?.user == member.superior ? "now" : .empty) {
        desk.carryOut(
          SetSuperior(above?.id, of: member.id),
          above.map { "\(member.name) reports to \($0.name) now." }
            ?? "\(member.name) reports to nobody now.")
      }
    }
    return [
      desk.fetch(Members(), holding: .keys) { [desk] members in
        desk.navigator.choose(
          Chooser(
            title: "Whom \(member.name) reports to",
            entries: members.active.filter { $0.id != member.id }
              .map { entry(Phrase(verbatim: $0.name), $0) } + [entry("nobody", nil)]))
      }
    ]
  }

  private func place(_ member: Members.Row) -> [Effect] {
    [
      desk.fetch(Departments(), holding: .keys) { [desk] departments in
        desk.navigator.choose(
          Chooser(
            title: "The department of \(member.name)",
            entries: departments.map {
              entry(Phrase(verbatim: "\($0.code) \($0.name)"), $0, member)
            }
              + [entry("none", nil, member)]))
      }
    ]
  }

  private func entry(
    _ title: Phrase, _ department: Departments.Row?, _ member: Members.Row
  ) -> Chooser.Entry {
    Chooser.Entry(title, note: department?.id == member.departmentID ? "now" : .empty) {
      desk.carryOut(
        PlaceMember(member.id, in: department?.id),
        department.map { "\(member.name) is in \($0.name) now." }
          ?? "\(member.name) is in no department now.")
    }
  }

  // MARK: Invitation

  private static func invitation(_ departments: [Departments.Row], _ desk: Desk) -> FormScreen {
    let words = desk.words
    let roles = Role.allCases.reversed().map { words.text($0.phrase, $0.rawValue) }
    return FormScreen(
      "Invite somebody",
      [
        FormField(label: "E-mail"), FormField(label: "Name"),
        FormField(label: "Role", text: words.text(Role.employee.phrase, "employee")) { _ in roles },
        FormField(label: "Department") { _ in departments.map(\.code) },
      ], in: .people, InviteUser.permission, at: desk
    ) { form in
      let role = Array(Role.allCases.reversed()).element(roles.firstIndex(of: form.text(2)))
      if role == nil { form.fault(2, "There is no such role.") }
      let department =
        form.text(3).isEmpty
        ? Departments.Row?.none : form.reading(3) { try departments.called($0) }
      if form.text(0).isEmpty { form.fault(0, "What is their e-mail address?") }
      if form.text(1).isEmpty { form.fault(1, "What are they called?") }
      guard let role else { return [] }
      return form.invite(form.text(0), named: form.text(1), as: role, in: department?.id)
    }
  }
}

extension FormScreen {
  /// The code is shown once: nothing keeps it but whoever reads it.
  fileprivate func invite(
    _ email: String, named name: String, as role: Role, in department: ID<Department>?
  ) -> [Effect] {
    run("Inviting") { desk in
      try await desk.workspace.invite(
        email: email, name: name, role: role, department: department, as: desk.principal)
    } place: {
      switch $0 {
      case .invalidEmail, .taken: 0
      case .roleAboveOwn: 2
      default: nil
      }
    } then: { desk, invitation in
      desk.showOnce(
        invitation.code, "code", title: "\(name) is invited",
        body: """
          Hand them this code by another way than e-mail; it works once, for a week: \
          \(invitation.code). On the sign-in screen they press \
          \(desk.navigator.key(of: .sessionCode)), or they run: \
          \(invitation.command(at: desk.workspace.path))
          """)
    }
  }
}

extension Array {
  /// The one at `index`, if there is one.
  func element(_ index: Int?) -> Element? {
    index.flatMap { indices.contains($0) ? self[$0] : nil }
  }
}

extension Binding {
  static let memberInvite = Binding(
    "member.invite", ["n"], "invite", "Ask somebody into the business", InviteUser.permission)
  static let memberRole = Binding(
    "member.role", ["e"], "role", "Give them another role", AssignRole.permission)
  static let memberLimit = Binding(
    "member.limit", ["L"], "limit", "How much they may approve", LimitMember.permission)
  static let memberApproves = Binding(
    "member.approves", ["a"], "approves", "Whether they may approve as a member",
    LetApprove.permission)
  static let memberSuperior = Binding(
    "member.superior", ["R"], "reports to", "Whom they report to", SetSuperior.permission)
  static let memberTitle = Binding(
    "member.title", ["J"], "title", "What their job is called", SetTitle.permission)
  static let memberPlace = Binding(
    "member.place", ["p"], "department", "Put them into a department", PlaceMember.permission)
  static let memberGrants = Binding(
    "member.grants", ["P"], "grants", "What is granted or forbidden to them", GrantsOf.permission)
  static let memberSuspend = Binding(
    "member.suspend", ["x"], "suspend", "Keep them out for now", SuspendMember.permission)
  static let memberUnlock = Binding(
    "member.unlock", ["u"], "unlock", "After too many wrong passwords", UnlockMember.permission)
  static let memberReset = Binding(
    "member.reset", ["N"], "new password", "Give a code for a forgotten password",
    ResetPassword.permission)
  static let memberFactor = Binding(
    "member.factor", ["f"], "second factor", "Take off a second factor that is lost",
    RemoveSecondFactor.permission)
  static let memberRemove = Binding(
    "member.remove", ["D"], "remove", "End their membership", RemoveMember.permission)
}
