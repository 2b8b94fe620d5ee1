package import Domain
package import Phrases

/// What the rules of access are called: findings, grants and denials as people read them.
extension UserMessage {
  package static func words(
    _ finding: Finding, _ permission: Permission, _ person: Person
  ) -> Phrase {
    let source = finding.source.map(words) ?? Phrase.empty
    return switch finding.reason {
    case .person(let role): "\(person.name) is \(role.phrase)"
    case .holds(let grant?): "\(source) holds \(permission.rawValue): \(words(grant))"
    case .holds(nil): "\(source) allows \(permission.rawValue)"
    case .holdsNothing: "\(source) does not hold \(permission.rawValue)"
    case .notInForce: "\(source): not in force"
    case .conditionFails(let name): "\(source): \(words(name))"
    case .lenderMayNot(let denial): "\(source): they may not themselves, \(words(denial))"
    case .listed(let thing, let level):
      "listed for the \(words(thing)): \(Phrase(word: level.rawValue, context: "list"))"
    case .unlisted(let thing): "not listed for the \(words(thing))"
    case .withinLimit(nil): "no limit"
    case .withinLimit: "within the limit"
    case .liftedByBrokenGlass(let denial): "lifted in an emergency: \(words(denial))"
    case .denied(let denial) where finding.step == .allow && finding.source != nil:
      "\(source) holds \(permission.rawValue): \(words(denial))"
    case .denied(let denial): words(denial)
    case .allowed: "allowed"
    }
  }

  static func words(_ problem: AccessProblem) -> Phrase {
    switch problem {
    case .memberStatus(let status):
      "They are \(Phrase(word: status, context: "member")), so this can't be done with them."
    case .unknownPermission(let name):
      Permission.nearest(to: name).map {
        "\(name) is no permission. Did you mean \($0.rawValue)?"
      } ?? "\(name) is no permission. See them all with: coreflow access show"
    case .condition(let word):
      "\(word) is no condition. Conditions are: \(Conditions.examples)."
    case .unknownCondition:
      "The conditions of a grant are an object with the fields that it may have."
    case .ownRights: "Nobody changes rights of their own. It takes somebody else who may."
    case .notHeld(let permission):
      "You can't give what you don't hold yourself without reserve: \(permission.rawValue)."
    case .toOneself: "Nobody lends rights to themselves. Name somebody else."
    case .ownSuperior: "Nobody reports to themselves. Name somebody else."
    case .reportsAlready:
      "That person reports to them already, perhaps over others. Change that first."
    case .worksElsewhere:
      "They work in other businesses too, which their lock protects. It ends by itself, in 15 minutes at the most."
    case .passwordOpensElsewhere:
      "They work in other businesses too, which their password opens. Only they change it."
    case .factorGuardsElsewhere:
      "They work in other businesses too, which their second factor guards. Only they switch it off."
    case .departmentCode: "The code of a department has from 1 to 32 characters and no spaces."
    case .peopleInDepartment(let count):
      "People are still in the department (\(count)). Put them into another first."
    case .departmentEnds(let name): "\(name) is to end itself. Choose a department that goes on."
    case .alreadyAppointed(let role):
      "They are \(role.phrase) of it at that time already. End that first."
    case .negativeLimit: "A limit is nothing or more, not less."
    case .limitedDenial:
      "A denial has no limit: it forbids whatever the amount. Forbid from an amount on instead."
    case .keyWithoutScope: "Say what the API key may do, such as journal.read or journal.*."
    case .keyRate(let most): "An API key makes from 1 to \(most) calls an hour."
    case .endsBeforeItBegins: "It would be over before it begins. Give it a later end."
    case .emergencyMinutes:
      "An emergency lasts from 1 to \(BrokenGlass.mostMinutes) minutes."
    case .emergencyOver: "It is over: limits and separate duties bind again already."
    case .reviewed: "Somebody has looked at it already, and that stays."
    case .tooLong(let most): "This takes \(most) characters at the most. Shorten it."
    case .notMemberThen: "They were no active member of this business at that moment."
    case .toCome: "That moment is later than now. Give one that has been."
    case .noConflict(let first, let second):
      "One person may well hold both \(first.rawValue) and \(second.rawValue)."
    case .linesUndecided(let count):
      "Lines of the review aren't decided yet (\(count)). Decide them first."
    case .emptyTemplate: "A template gives or forbids something. Say what."
    case .nobodyInCharge:
      "A business keeps an active owner who can change access. After this it would have none."
    }
  }

  static func words(_ problem: SecondFactorProblem) -> Phrase {
    switch problem {
    case .needed: "Type the code of your second factor too, or a recovery code."
    case .wrongCode: "This code is wrong or was used already. Wait for the next one."
    case .keyMissing:
      "The key of second factors (seal.key) isn't the one that yours needs. A recovery code still works."
    case .isOn: "You have a second factor already. Switch it off before you set up another."
    case .isOff: "You have no second factor."
    case .theyHaveNone: "They have no second factor."
    case .notBegun: "There is nothing to confirm: begin setting up your second factor first."
    }
  }

  static func words(_ fault: SealFault) -> Phrase {
    switch fault {
    case .openToOthers(let path):
      "Others may read \(path), the key of second factors. Close it to them with: chmod 600 \(path)"
    case .damaged(let path, let bytes):
      "\(path), the key of second factors, isn't a file of \(bytes) bytes. Put back the one that was there; recovery codes still work."
    case .unreadable(let path, let reason):
      "The key of second factors, \(path), can't be read: \(reason)."
    case .unwritable(let path, let reason):
      "The key of second factors, \(path), can't be made: \(reason)."
    case .nowhere: "There is no place here for the key of second factors."
    }
  }

  static func words(_ problem: ConfirmationProblem) -> Phrase {
    switch problem {
    case .nobodyElse(let permission):
      "Nobody else here could confirm it: it takes a second holder of \(permission.rawValue). Give another person a role that has it first."
    case .askedAlready(let id):
      "Somebody has asked for it already: request \(id). It waits to be confirmed."
    case .outsider: "Whoever had a hand in it before has no part in this. Leave it to others."
    case .ownRequest: "You asked for it yourself, so somebody else must answer."
    case .somebodyElses: "Only who asked for it withdraws it. Decline it instead."
    case .over(let status):
      "The request is \(Phrase(word: status, context: "request")), so nobody can answer it any more."
    case .requesterMayNot(let name): "\(name), who asked for it, may not do it any more."
    case .unknownAct: "This program doesn't know what was asked for. Use the newer one."
    }
  }

  static func words(_ problem: KeyProblem) -> Phrase {
    switch problem {
    case .unknown: "This API key is unknown. Check that it was given whole."
    case .revoked: "This API key was revoked. Ask for another."
    case .expired: "This API key has expired. Ask for another."
    case .creatorGone:
      "Whoever made this API key is no active member any more, so it has ended. Ask for another."
    case .rate(let calls, let seconds):
      "The API key has made its \(calls) calls of this hour. It works again in \(seconds) seconds."
    case .tierRate(let tier, let calls, let seconds):
      "The API keys of the business have made the \(calls) calls an hour of its \(tier) subscription. They work again in \(seconds) seconds."
    case .forPeople: "This is for people, not for an API key. Sign in and do it yourself."
    }
  }

  /// Where a grant comes from.
  package static func words(_ source: Grant.Source) -> Phrase {
    switch source {
    case .role(let role): role.phrase
    case .membership: "the membership, which may approve,"
    case .department(_, let name, let post):
      "\(Phrase(word: post, context: "post")) of \(name)"
    case .template(_, let name): "the template \(name)"
    case .person(let id): "grant \(id)"
    case .delegation(_, _, let name): "what \(name) delegated"
    case .list(let thing): "the list of the \(words(thing))"
    case .proposed: "the proposed grant"
    }
  }

  package static func words(_ grant: RoleGrant) -> Phrase {
    switch grant {
    case .no: "no"
    case .yes: "yes"
    case .own: "their own only"
    case .department: "within their department"
    case .limited: "up to their limit"
    case .limitedInDepartment: "up to their limit, within their department"
    case .secondPerson: "with a second person"
    case .only(let reservation): "yes, \(Phrase(word: reservation.rawValue))"
    }
  }

  package static func words(_ thing: Thing) -> Phrase {
    switch thing.kind {
    case .account: "account"
    case .department: "department"
    case .entry: "entry"
    }
  }

  package static func words(_ condition: Conditions.Name) -> Phrase {
    switch condition {
    case .amount: "for other amounts"
    case .departments: "within their department only"
    case .accounts: "for other accounts"
    case .accountClasses: "for other classes of account"
    case .entryTypes: "for other types of entry"
    case .sources: "for entries from elsewhere"
    case .periods: "for another state of the period"
    case .thing: "for something else"
    case .own: "for their own only"
    case .weekdays: "on other days of the week"
    case .hours: "at other hours"
    case .origins: "from other terminals"
    case .secondFactor: "with a second factor only"
    }
  }

  /// The rule that said no, to the person, with what to do.
  static func words(_ permission: Permission, _ denial: Denial) -> Phrase {
    let key = permission.rawValue
    return switch denial {
    case .noGrant(let role): "Your role (\(role.phrase)) does not hold \(key)."
    case .notOwn: "You hold \(key) for your own only, and this is somebody else's."
    case .otherDepartment: "You hold \(key) within your department only."
    case .overLimit: "It is over your limit for \(key). Ask somebody with a higher one."
    case .involved(let involvement):
      "You \(Phrase(word: involvement.rawValue)) it, so somebody else must decide (\(key))."
    case .ownPosting: "You wrote it, and here somebody else posts what one wrote (\(key))."
    case .aboveThem(let role): "The role \(role.phrase) is above yours (\(key))."
    case .secondPersonNeeded: "\(key) needs a second person to confirm it."
    case .lenderMayNot(let name, let denial):
      "\(name) lends you \(key) and may not do this either: \(words(denial))."
    case .readOnly(let state):
      "The business is \(Phrase(word: state.rawValue)): it can only be read (\(key))."
    case .peopleOnly: "A program's key never does \(key). Sign in and do it yourself."
    case .outOfKeysScope: "The key isn't for \(key). Make another that is."
    case .forbidden(let source): "\(key) is forbidden to you by \(words(source)). Ask an owner."
    case .notListed(let thing, _):
      "The \(words(thing)) is only for those on its list. Ask an owner to put you on it (\(key))."
    case .condition(let name): "You hold \(key), but not here: \(words(name))."
    case .reserved(.notOneself): "You hold \(key), but never for yourself: somebody else does it."
    case .reserved(.notAnOwner): "You hold \(key), but never for an owner: another owner does it."
    case .reserved(let reservation):
      "You hold \(key) for \(Phrase(word: reservation.rawValue)) only."
    }
  }

  /// The rule that said no, in a few words.
  package static func words(_ denial: Denial) -> Phrase {
    switch denial {
    case .readOnly(let state): "the business is \(Phrase(word: state.rawValue))"
    case .peopleOnly: "only people do this"
    case .outOfKeysScope: "beyond what the key may do"
    case .forbidden(let source): "forbidden by \(words(source))"
    case .notListed(let thing, _): "not listed for the \(words(thing))"
    case .noGrant(let role): "no grant for \(role.phrase)"
    case .notOwn: "made by somebody else"
    case .otherDepartment: "belongs to another department"
    case .condition(let name): words(name)
    case .reserved(let reservation): Phrase(word: reservation.rawValue)
    case .overLimit: "over the limit"
    case .involved(let involvement): "\(Phrase(word: involvement.rawValue)) it"
    case .ownPosting: "wrote it, and somebody else posts"
    case .aboveThem(let role): "the role \(role.phrase) is above theirs"
    case .secondPersonNeeded: "a second person must confirm"
    case .lenderMayNot(let name, let denial): "\(name) lends it, \(words(denial))"
    }
  }
}

extension Standing {
  /// The rules that spoke, as the audit log keeps them.
  func words(of decision: Decision) -> String {
    guard let person = rights?.person else { return "" }
    let asked = requester.map { ["confirmed; asked for by \($0)"] } ?? []
    return
      (asked
      + decision.trace.map { UserMessage.words($0, decision.permission, person).english })
      .joined(separator: "; ")
  }

  /// Why nothing was decided.
  var unaskedWords: String {
    actor.user == nil ? "the system itself" : "no permission is needed"
  }
}
