/// What could be known under the names that guards ask about, as far as it makes a difference to
/// them: each threshold, just below and just above it; each word that is named, and another.
struct GuardProbe {
  /// In the order of names.
  let names: [String]
  /// Of each name what is tried; an empty list is nothing known.
  let samples: [[[GuardValue]]]

  /// Words that lines can have at once are tried in all mixtures up to so many.
  private static let mostMixed = 5

  /// Whether nothing that makes a difference is left out.
  let isComplete: Bool

  /// The expressions have no faults.
  init(_ expressions: [GuardExpression], _ vocabulary: GuardVocabulary) {
    var asked: [String: [GuardValue]] = [:]
    for expression in expressions {
      for name in expression.names { asked[name, default: []] += [] }
      for comparison in expression.comparisons { asked[comparison.name]? += comparison.values }
    }
    names = asked.keys.sorted()
    let tried = names.map { Self.samples(of: $0, asked[$0] ?? [], vocabulary) }
    samples = tried.map(\.values)
    isComplete = tried.allSatisfy(\.isComplete)
  }

  /// Every mixture or, where there are more than `most`, the first of everything with one name's
  /// changed at a time: never more than `most`.
  static func samples(
    of expressions: [GuardExpression], _ vocabulary: GuardVocabulary, most: Int
  ) -> [GuardFacts] {
    let probe = GuardProbe(expressions, vocabulary)
    var all: [GuardFacts] = []
    if probe.count <= most {
      probe.tryAll { all.append($0) }
      return all
    }
    let first = Array(repeating: 0, count: probe.names.count)
    all.append(probe.facts(first))
    for (index, tried) in probe.samples.enumerated() {
      for place in tried.indices.dropFirst() where all.count < most {
        var places = first
        places[index] = place
        all.append(probe.facts(places))
      }
    }
    return all
  }

  /// How many there are together; `.max` where that is beyond counting.
  var count: Int {
    samples.reduce(1) { product, tried in
      let (count, overflow) = product.multipliedReportingOverflow(by: tried.count)
      return overflow ? .max : count
    }
  }

  /// Every mixture, the last name's changing fastest.
  func tryAll(_ body: (GuardFacts) -> Void) {
    var places = Array(repeating: 0, count: names.count)
    while true {
      body(facts(places))
      guard let turn = places.indices.last(where: { places[$0] + 1 < samples[$0].count }) else {
        return
      }
      places[turn] += 1
      for later in places.indices where later > turn { places[later] = 0 }
    }
  }

  func facts(_ places: [Int]) -> GuardFacts {
    var facts = GuardFacts()
    for (index, place) in places.enumerated() { facts[names[index]] = samples[index][place] }
    return facts
  }

  private static func samples(
    of name: String, _ asked: [GuardValue], _ vocabulary: GuardVocabulary
  ) -> (values: [[GuardValue]], isComplete: Bool) {
    guard let type = vocabulary.type(of: name) else { return ([[]], false) }
    let attribute = vocabulary.attribute(name)
    let unknown: [[GuardValue]] = attribute?.isAlwaysKnown == true ? [] : [[]]
    switch type {
    case .flag: return ([[.flag(true)], [.flag(false)]] + unknown, true)
    case .amount, .number, .day:
      let steps = steps(asked, type, attribute, vocabulary.exponent)
      return (steps.map { [$0] } + unknown, true)
    case .text, .choice:
      let words = words(asked, type)
      let isMixed = attribute?.isOfLines == true && words.count <= mostMixed
      let isComplete = attribute?.isOfLines != true || isMixed
      return ((isMixed ? mixtures(of: words) : words.map { [$0] }) + unknown, isComplete)
    }
  }

  /// In order and without repetition.
  private static func steps(
    _ asked: [GuardValue], _ type: WorkflowValueType, _ attribute: GuardAttribute?, _ exponent: Int
  ) -> [GuardValue] {
    if type == .day {
      var days = Set(asked.compactMap(\.day).flatMap { day in (-1...1).map(day.adding(days:)) })
      if days.isEmpty { days = [Day(sinceEpoch: 0)] }
      return days.sorted().map(GuardValue.day)
    }
    let numbers = asked.compactMap(\.number)
    let isWhole = attribute == .attachments
    let finest = numbers.map { $0.reduced().decimals }.max() ?? 0
    let decimals = type == .amount ? exponent : isWhole ? 0 : finest + 1
    var tried: Set<Quantity> = numbers.isEmpty ? [.zero] : []
    for number in numbers {
      for step in -1...1 {
        // Numbers that can be written have neighbours.
        guard let base = isWhole ? try? number.rounded(to: 0) : number,
          let near = try? base + Quantity(Int128(step), decimals: decimals)
        else { continue }
        if attribute?.isCounted != true || near >= .zero { tried.insert(near.reduced()) }
      }
    }
    return tried.sorted().map(GuardValue.number)
  }

  /// Those that are named, and one that isn't.
  private static func words(_ asked: [GuardValue], _ type: WorkflowValueType) -> [GuardValue] {
    let named = Set(asked.compactMap(\.word))
    var other: String?
    if case .choice(let all) = type {
      other = all.first { !named.contains($0) }
    } else {
      other = (named.max() ?? "") + "x"
    }
    return (named.sorted() + [other].compactMap(\.self)).map(GuardValue.text)
  }

  private static func mixtures(of words: [GuardValue]) -> [[GuardValue]] {
    (1..<(1 << words.count)).map { mask in
      words.indices.filter { mask & (1 << $0) != 0 }.map { words[$0] }
    }
  }
}

extension GuardValue {
  fileprivate var number: Quantity? {
    if case .number(let number) = self { number } else { nil }
  }

  fileprivate var day: Day? {
    if case .day(let day) = self { day } else { nil }
  }

  fileprivate var word: String? {
    if case .text(let word) = self { word } else { nil }
  }
}
