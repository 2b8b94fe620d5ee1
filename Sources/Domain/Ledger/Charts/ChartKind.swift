/// A kind of business that there are charts for.
enum ChartKind: String, Sendable, CaseIterable {
  case services
  case trading
  case manufacturing
  case construction
  case hospitality
  case nonprofit

  /// Whom its charts are for.
  var title: String {
    switch self {
    case .services: "Consultancies, agencies and other services"
    case .trading: "Shops, wholesalers and other traders in goods"
    case .manufacturing: "Workshops, factories and other makers of goods"
    case .construction: "Builders and other trades on site"
    case .hospitality: "Restaurants, hotels and other hosts"
    case .nonprofit: "Associations, charities and other nonprofits"
    }
  }

  /// What its charts have in every country.
  var parts: [String] {
    switch self {
    case .services: [Self.everyChart, Self.servicesPart]
    case .trading: [Self.everyChart, Self.premisesPart, Self.tradingPart]
    case .manufacturing: [Self.everyChart, Self.premisesPart, Self.manufacturingPart]
    case .construction: [Self.everyChart, Self.premisesPart, Self.constructionPart]
    case .hospitality: [Self.everyChart, Self.premisesPart, Self.hospitalityPart]
    case .nonprofit: [Self.everyChart, Self.premisesPart, Self.nonprofitPart]
    }
  }

  /// What stands in the place of a country's own accounts in a chart of no country; empty where
  /// there is no such chart.
  var neutral: [String] {
    switch self {
    case .services: [Self.neutralTaxes, Self.neutralServices]
    case .trading: [Self.neutralTaxes, Self.neutralTrading]
    case .manufacturing, .construction, .hospitality, .nonprofit: []
    }
  }
}
