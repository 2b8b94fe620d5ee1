import Domain
import Interchange
import Operations

/// What goes wrong at the command line itself. The facts; `UserMessage` has the words below.
enum Failure: Error, Hashable, Sendable {
  case noHome
  case cannotMakeFolder(path: String)
  case noDatabase(path: String)
  case notSignedIn(path: String)
  /// A key is given where only people who signed in do something.
  case notByKey
  case noTerminalForPassword
  case passwordsDiffer
  case inputNotUTF8
  /// Of standard input, each a secret.
  case linesExpected(Int)
  case sessionFile(path: String, SessionFileFault)
  /// Several, and nobody said which.
  case businessNotChosen(slugs: [String])
  case noBusiness
  case notYourBusiness(slug: String)
  /// For whoever administers the installation, who belongs to none.
  case noSuchBusiness(slug: String)
  case unknownCurrency(code: String)
  case unknownChart(name: String)
  case unreadableMoment(String)
  /// No rate of the day is kept that a report could be shown at, as the refusal says.
  case noRateToShow(Refusal)
  case unknownMigration(String)
  /// Of several entries, so many were refused; the report says why.
  case notAllTaken(count: Int)
  /// A check found something wrong: how much.
  case findings(count: Int)
}

enum SessionFileFault: Hashable, Sendable {
  case openToOthers
  case unreadable
  case cannotWrite(reason: String)
}

/// What the shell is told.
enum ExitStatus: Int32, Sendable {
  case refused = 1
  case usage = 2
  case notPermitted = 3
  case findings = 4

  init(_ error: any Error) {
    self =
      switch error {
      case let refusal as Refusal: refusal.isAboutAccess ? .notPermitted : .refused
      case let denied as MemberRefusal: Self(denied.refusal)
      case Failure.notSignedIn, Failure.notByKey, Failure.noBusiness, Failure.notYourBusiness:
        .notPermitted
      case Failure.businessNotChosen: .usage
      case Failure.findings: .findings
      default: .refused
      }
  }
}

extension Refusal {
  /// Whether it is about who asks, not about what they ask for.
  fileprivate var isAboutAccess: Bool {
    switch self {
    // A key that has made its calls may make more in a while.
    case .key(.rate), .key(.tierRate): false
    case .sessionEnded, .notPermitted, .escalates, .notAMember, .wrongCredentials, .lockedOut,
      .secondFactor(.needed), .secondFactor(.wrongCode), .resetCodeUnknown, .key:
      true
    case .noSuch, .noSuchNamed, .ambiguousName, .wrongStatus, .submittedOnce, .faults, .amount,
      .needsApproval,
      .approvalNotYours, .changedMeanwhile, .contentChanged, .irreversible,
      .reasonNeeded, .taken, .belowDeleted, .nameLength, .unseenCharacter, .account, .period,
      .attachment, .checkFailed, .secondFactor, .weakPassword, .invalidEmail,
      .invitationUnknown, .memberLimit, .roleAboveOwn, .access, .business, .budget, .confirmation,
      .recurrence, .reconciliation, .importing, .instanceExists, .waiver, .year, .exception,
      .opening, .allocation, .rate, .bankStatement, .notAllSeen, .rule:
      false
    }
  }
}

extension UserMessage {
  /// The words of anything that a command can end with.
  init(atCommandLine error: any Error) {
    switch error {
    case let failure as Failure: self.init(failure.words)
    case let fault as StreamFault: self.init(fault.words)
    case let fault as ScreenFault: self.init(fault.words)
    case let fault as NewFile.Fault: self.init(fault.words)
    case let fault as PickedFile.Fault: self.init(fault.words)
    case let error as ImportError: self.init(error.text)
    // Documents come from standard input alone.
    case let fault as JSONFault:
      self.init("stdin:\(fault.line):\(fault.column): \(fault.fault.text).")
    case let faults as SheetFaults: self.init(faults.words)
    case let fault as ForeignMappingFault: self.init(fault.words)
    case let fault as YAMLFileFault: self.init(fault.words)
    default: self.init(error)
    }
  }
}

extension Failure {
  fileprivate var words: String {
    switch self {
    case .noHome: "$HOME isn't set, so there is no place of your own: name the database with --db."
    case .cannotMakeFolder(let path): "The folder \(path) can't be made. Check who may write there."
    case .noDatabase(let path):
      "There is no database at \(path). Make one with coreflow init, or name another with --db."
    case .notSignedIn(let path):
      "You are not signed in to \(path). Run: coreflow login EMAIL"
    case .notByKey:
      "This is for people who signed in, not for an API key. Unset $COREFLOW_API_KEY first."
    case .noTerminalForPassword:
      "There is no terminal to ask for the password. Pipe it in, with --password-stdin."
    case .passwordsDiffer: "The two passwords differ. Nothing was changed; try again."
    case .inputNotUTF8: "Standard input isn't UTF-8 text."
    case .linesExpected(let count):
      count == 1
        ? "Standard input must be the password and nothing else."
        : "Standard input must have \(count) lines: see --help for which."
    case .sessionFile(let path, let fault): fault.words(path)
    case .businessNotChosen(let slugs):
      "You belong to \(slugs.joined(separator: ", ")). Say which with --business."
    case .noBusiness: "You belong to no business. Ask one of its owners to invite you."
    case .notYourBusiness(let slug):
      "You are not an active member of a business \(slug). coreflow business list shows yours."
    case .noSuchBusiness(let slug): "There is no business \(slug) in this database."
    case .unknownCurrency(let code): "\(code) is not a currency of ISO 4217, such as USD."
    case .unknownChart(let name):
      "There is no chart \(name). They are listed by: coreflow account charts"
    case .unreadableMoment(let text):
      "\(text) is not a moment; write it as 2026-01-31 or 2026-01-31T14:30:00Z."
    case .noRateToShow(let refusal):
      "\(UserMessage(refusal).text) Or say it for this report alone: --rate 1.08"
    case .unknownMigration(let text): "\(text) is not the number of a migration, such as 003."
    case .notAllTaken(let count):
      count == 1 ? "1 entry stayed as it was." : "\(count) entries stayed as they were."
    case .findings(let count): count == 1 ? "1 thing is wrong." : "\(count) things are wrong."
    }
  }
}

extension StreamFault {
  fileprivate var words: String {
    switch self {
    case .unreadable(let reason): "Standard input can't be read: \(reason)."
    case .unwritable(let reason): "The output can't be written: \(reason)."
    case .inputTooLong(let most): "Standard input has more than \(most >> 20) MiB."
    }
  }
}

extension SessionFileFault {
  fileprivate func words(_ path: String) -> String {
    switch self {
    case .openToOthers: "Others may read \(path). Close it to them with: chmod 600 \(path)"
    case .unreadable: "\(path) can't be read. Remove it and sign in again."
    case .cannotWrite(let reason): "Can't write \(path): \(reason). You are not signed in."
    }
  }
}

extension ForeignMappingFault {
  fileprivate var words: String {
    switch self {
    case .noEqualsSign(let pair): "--map \(pair) has no =; write it as Name=type or $=USD."
    case .noName(let pair): "--map \(pair) has no name before the =."
    case .neitherTypeNorCurrency(let value):
      "\(value) is neither a type of account, such as asset, nor a currency, such as USD."
    }
  }
}
