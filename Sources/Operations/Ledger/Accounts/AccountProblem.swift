package import Domain
package import Phrases

/// What stands against a change of the chart of accounts (RULES §3.1, §3.2).
package enum AccountProblem: Hashable, Sendable {
  case parentOfOtherClass(AccountType.Class)
  /// It would stand below itself.
  case belowItself
  case tooDeep
  case categoryOfOtherType(AccountCategory, AccountType)
  case fixedOncePosted
  /// The books find it by its type and category.
  case systemStays
  case balanceLeft(Money)
  case linesWaiting(Int)
  /// A budget of a period that hasn't begun, by the period's name, is for it.
  case budgeted(String)
  /// The template called so has it and is written by itself.
  case recurs(String)
  /// The account called so stands below it.
  case hasBelow(String)
  case isSystem
  case hasLines
  /// Nobody owes what is on it, or is owed it.
  case notKeptByParty(String)
  /// Something names it, so that it can only be archived.
  case everUsed
  case numberInvalid
  case nameMissing
  case unknownCurrency(String)
  /// Only what takes lines has it.
  case notOfHeading(AccountAttribute)
  case onlyOfBanks(AccountAttribute)
  case neverCloses
  case dividendsClose
  /// Closing takes the result there.
  case resultStays
  case notMonetary
  case neverCash
  case tooLong(AccountAttribute, most: Int)
  /// Nothing is posted before there is an account in use of each of these (R10).
  case missing([AccountCategory])
  case merging(AccountMergeProblem)

  /// What of an account it is about; nil where that is nothing that a form asks for.
  package var attribute: AccountAttribute? {
    switch self {
    case .parentOfOtherClass, .belowItself, .tooDeep: .parent
    case .categoryOfOtherType: .category
    case .fixedOncePosted, .hasLines, .systemStays: .type
    case .numberInvalid: .number
    case .nameMissing: .name
    case .unknownCurrency: .currency
    case .notOfHeading(let attribute), .onlyOfBanks(let attribute), .tooLong(let attribute, _):
      attribute
    case .neverCloses, .dividendsClose, .resultStays: .closes
    case .notMonetary: .revalues
    case .neverCash: .cashFlow
    case .balanceLeft, .linesWaiting, .budgeted, .recurs, .hasBelow, .isSystem, .notKeptByParty,
      .everUsed, .missing, .merging:
      nil
    }
  }
}

/// What stands against making one account of two.
package enum AccountMergeProblem: Hashable, Sendable {
  case itself
  case heading
  /// The one called so takes no lines any more.
  case archived(String)
  case differs(AccountAttribute)
  case posted
  /// So many lines of it wait to be decided on or posted.
  case waiting(Int)
  case voided
  /// A bank's statement or a reconciliation is of it.
  case reconciled
  /// The rule called so spreads by it, or takes from it.
  case allocated(String)
  /// Some may see the one and not the other.
  case listed
  /// The template takes a share of it, in the name of somebody who may not see the other.
  case unseen(template: String, by: String)
}

extension AccountAttribute {
  /// What a form and a sentence call it.
  package var phrase: Phrase {
    switch self {
    case .number: "Number"
    case .name: "Name"
    case .parent: "Below"
    case .type: "Type"
    case .category: "Category"
    case .heading: "Heading"
    case .control: "Control account"
    case .currency: "Currency"
    case .closes: "Closed yearly"
    case .revalues: "Revalued"
    case .department: "Needs department"
    case .usualDepartment: "Usual department"
    case .cashFlow: "Cash flow"
    case .description: "Description"
    case .bankName: "Bank"
    case .bankNumber: "Bank account"
    case .bankCode: "Bank code"
    }
  }
}

extension UserMessage {
  static func words(_ problem: AccountProblem) -> Phrase {
    switch problem {
    case .parentOfOtherClass(let parent):
      "An account stands below one of its own class; that one is of \(Phrase(word: parent.rawValue))."
    case .belowItself: "An account can't stand below itself. Choose another heading."
    case .tooDeep:
      "Accounts stand at most \(AccountContent.mostLevels) deep. Choose a heading further up."
    case .categoryOfOtherType(let category, let type):
      "Category \(category.rawValue) doesn't fit type \(type.rawValue)."
    case .fixedOncePosted:
      "Type, currency and heading are fixed once something is posted to the account."
    case .systemStays:
      "The books need this account as it is: its type, category and heading stay."
    case .balanceLeft: "The account still has a balance. Clear it first."
    case .linesWaiting(let count):
      "\(count) lines that aren't posted yet use the account. Finish them first."
    case .budgeted(let period):
      "Something is planned for the account in \(period). Archive it when that has begun."
    case .recurs(let template):
      "The template \(template) recurs and uses the account. End its schedule first."
    case .hasBelow(let account): "\(account) stands below it. Move or archive that first."
    case .isSystem: "The books need this account; it can't be archived."
    case .hasLines: "An account that has lines can't become a heading."
    case .notKeptByParty(let label):
      """
      \(label) isn't kept by party: it is neither a control account nor of receivables or payables.
      """
    case .everUsed: "The account has been used, so it can only be archived."
    case .numberInvalid: "An account number has 1 to 32 characters and no spaces around it."
    case .nameMissing: "An account needs a name."
    case .unknownCurrency(let code): "This business has no currency \(code)."
    case .notOfHeading(let attribute):
      "\(attribute.phrase): not for a heading, which takes no lines."
    case .onlyOfBanks(let attribute): "\(attribute.phrase): only for an account of category bank."
    case .neverCloses: "Assets and liabilities aren't closed at the end of a year."
    case .dividendsClose: "Dividends are closed at the end of a year."
    case .resultStays:
      "What takes the result of each year isn't closed itself."
    case .notMonetary: "Only money and claims to it are revalued."
    case .neverCash: "Income and expenses are never cash. Choose another class."
    case .tooLong(let attribute, let most):
      "\(attribute.phrase): it takes \(most) characters. Shorten it."
    case .missing(let categories):
      """
      The books need accounts of these categories before anything is posted: \
      \(.joined(categories.map { Phrase(verbatim: $0.rawValue) }, separator: ", ")). Make them first.
      """
    case .merging(let problem): words(problem)
    }
  }

  private static func words(_ problem: AccountMergeProblem) -> Phrase {
    switch problem {
    case .itself: "An account isn't merged into itself. Choose another."
    case .heading: "A heading isn't merged. Move what stands below it instead."
    case .archived(let account): "\(account) is archived. Bring it back into use first."
    case .differs(let attribute):
      "The accounts differ: \(attribute.phrase). Make that alike first."
    case .posted: "Something was posted to the account, and stays there. Archive it instead."
    case .waiting(let count):
      "\(count) lines of it wait to be approved or posted. Finish or withdraw them first."
    case .voided: "A voided entry names the account, and stays as it is. Archive it instead."
    case .reconciled: "Bank statements are of the account, and stay so. Archive it instead."
    case .allocated(let rule): "The allocation \(rule) names the account. End that first."
    case .listed:
      "Access lists keep the two apart. Make the lists alike first, or others see what moves."
    case .unseen(let template, let name):
      """
      \(template) takes a share of it for \(name), who may not see the other. Let them, or have \
      them take that share away first.
      """
    }
  }
}
