import Domain

/// A chandlery at a harbour: sells to people who own boats and to the yards that repair them.
struct Harbour: DemonstrationBusiness {
  let end: Timestamp
  let seed: UInt64

  init(until end: Timestamp, seed: UInt64) {
    self.end = end
    self.seed = seed
  }

  let plan = BusinessPlan(
    name: "Harbour Chandlery", slug: "harbour", baseCurrency: "USD",
    chart: ChartTemplate.named("trading"),
    bands: [
      ApprovalPolicy.Band(minimum: Money(minorUnits: 1_000_00), role: .manager),
      ApprovalPolicy.Band(minimum: Money(minorUnits: 10_000_00), role: .director),
    ])

  let members = [
    DemonstrationMember(
      email: "owner@demo.example", name: "Olivia Hartmann", role: .owner, title: "Founder",
      department: nil),
    DemonstrationMember(
      email: "director@demo.example", name: "Daniel Okafor", role: .director,
      title: "Managing director", department: "MGT"),
    DemonstrationMember(
      email: "manager@demo.example", name: "Mina Castellano", role: .manager,
      title: "Head of operations", department: "OPS"),
    DemonstrationMember(
      email: "employee@demo.example", name: "Elias Brandt", role: .employee, title: "Bookkeeper",
      department: "ACC"),
    DemonstrationMember(
      email: "viewer@demo.example", name: "Vivian Moss", role: .viewer, title: "Auditor",
      department: nil),
  ]

  let departments = [
    DemonstrationDepartment(code: "MGT", name: "Management", type: .executive, parent: nil),
    DemonstrationDepartment(code: "OPS", name: "Operations", type: .operations, parent: nil),
    DemonstrationDepartment(code: "ACC", name: "Accounting", type: .accounting, parent: "OPS"),
    DemonstrationDepartment(code: "SHP", name: "Shop", type: .sales, parent: "OPS"),
    DemonstrationDepartment(code: "WHS", name: "Warehouse", type: .warehouse, parent: "OPS"),
  ]

  let accounts: [DemonstrationAccount] = []

  func diary() throws -> DemonstrationDiary {
    var trade = HarbourTrade(
      DemonstrationDiary(
        firstMonth: plan.firstMonth, end: end, policy: ApprovalPolicy(bands: plan.bands),
        seed: seed))
    return trade.written()
  }
}

/// Writes the diary of the chandlery, keeping in mind what it owes and is owed.
private struct HarbourTrade {
  private typealias Line = DemonstrationEntry.Line

  private var diary: DemonstrationDiary
  /// What stands on the way from the card company, in the tills, and owed as sales tax.
  private var cards: Int64 = 0
  private var tills: Int64 = 0
  private var salesTax: Int64 = 0
  /// Net sales of the month.
  private var sales: Int64 = 0

  init(_ diary: DemonstrationDiary) { self.diary = diary }

  mutating func written() -> DemonstrationDiary {
    diary.addPeriods()
    begin()
    for (index, month) in diary.months.enumerated() {
      sales = 0
      shop(month, index)
      customers(month, index)
      suppliers(month, index)
      staff(month)
      premises(month, index)
      monthEnd(month, index)
    }
    unfinished()
    return diary
  }

  private mutating func begin() {
    let day = diary.first
    diary.enter(on: day, "Shares paid in", [Line("1120", 96_000_00), Line("3100", -96_000_00)])
    diary.enter(
      on: day.adding(days: 1), "Loan for the fitting-out",
      [Line("1120", 60_000_00), Line("2320", -60_000_00)]
    ) { $0.payee = "Seaboard Savings Bank" }
    diary.enter(
      on: day.adding(days: 3), "Shelving, counter and lighting",
      [Line("1520", 24_000_00, "SHP"), Line("1120", -24_000_00)]
    ) { $0.payee = "Dockside Joinery" }
    diary.enter(
      on: day.adding(days: 4), "Delivery van",
      [Line("1530", 18_600_00, "WHS"), Line("1120", -18_600_00)]
    ) { $0.payee = "Northgate Motors" }
    diary.enter(
      on: day.adding(days: 6), "First stock",
      [Line("1310", 36_000_00, "WHS"), Line("1120", -36_000_00)]
    ) { $0.payee = "Baltic Rope Works" }
  }

  /// Boats are fitted out in spring and sailed in summer.
  private func season(_ month: Day) -> Int64 {
    [72, 78, 104, 126, 132, 128, 122, 114, 98, 86, 74, 82][month.month - 1]
  }

  private mutating func amount(_ range: ClosedRange<Int64>, _ month: Day, _ index: Int) -> Int64 {
    diary.chance.number(range) * season(month) * Int64(200 + index) / 20_000
  }

  private mutating func shop(_ month: Day, _ index: Int) {
    for visit in 0..<8 {
      let day = month.adding(days: 2 + visit * 3)
      let net = amount(760_00...1_860_00, month, index)
      let tax = net * 8 / 100
      let cash = net / 4
      sell(net, tax, on: day)
      cards += net + tax - cash
      tills += cash
      diary.enter(
        on: day, "Shop takings",
        [
          Line("1150", net + tax - cash), Line("1110", cash), Line("4100", -net, "SHP"),
          Line("2210", -tax),
        ]
      ) { $0.source = .receipt }
      if visit % 4 == 3 { settle(on: day.adding(days: 1)) }
    }
    for week in 0..<3 {
      let day = month.adding(days: 6 + week * 8)
      let net = amount(600_00...1_600_00, month, index)
      let tax = net * 8 / 100
      sell(net, tax, on: day)
      cards += net + tax
      diary.enter(
        on: day, "Sales on the web",
        [Line("1150", net + tax), Line("4300", -net, "SHP"), Line("2210", -tax)]
      ) { $0.source = .receipt }
    }
  }

  /// What is sold on a day that hasn't come isn't owed yet either.
  private mutating func sell(_ net: Int64, _ tax: Int64, on day: Day) {
    guard day <= diary.end.day else { return }
    sales += net
    salesTax += tax
  }

  private mutating func settle(on day: Day) {
    guard day <= diary.end.day else { return }
    let fee = cards * 16 / 1000
    diary.enter(
      on: day, "Card payments settled",
      [Line("1120", cards - fee), Line("6450", fee, "SHP"), Line("1150", -cards)]
    ) { $0.payee = "Anchor Payments" }
    diary.enter(on: day, "Takings banked", [Line("1120", tills), Line("1110", -tills)])
    cards = 0
    tills = 0
  }

  private static let yards = [
    "Bright's Boatyard", "Eastern Marina", "Kowalski Yacht Service", "Pilot Station Co-op",
    "Sail Training Trust", "Tidewater Charter", "Harbour Master's Office", "Lindqvist & Daughters",
  ]

  private mutating func customers(_ month: Day, _ index: Int) {
    for order in 0..<6 {
      let day = month.adding(days: 1 + order * 4 + Int(diary.chance.number(0...2)))
      let yard = diary.chance.pick(Self.yards)
      let isLarge = diary.chance.happens(oneIn: 40)
      let net = amount(isLarge ? 9_800_00...13_600_00 : 520_00...4_100_00, month, index)
      let number = "HC-\(padded(index * 10 + order + 1, to: 4))"
      sell(net, 0, on: day)
      diary.enter(
        on: day, "Goods for \(yard)", [Line("1210", net), Line("4200", -net, "SHP")]
      ) {
        $0.source = .invoice
        $0.payee = yard
        $0.reference = number
      }
      diary.enter(
        on: day.adding(days: Int(diary.chance.number(12...45))), "Payment of \(number)",
        [Line("1120", net), Line("1210", -net)]
      ) {
        $0.source = .receipt
        $0.payee = yard
        $0.reference = number
      }
    }
    guard diary.chance.happens(oneIn: 2) else { return }
    let back = amount(40_00...260_00, month, index)
    let tax = back * 8 / 100
    let day = month.adding(days: 19)
    sell(-back, -tax, on: day)
    diary.enter(
      on: day, "Goods brought back",
      [Line("4400", back, "SHP"), Line("2210", tax), Line("1120", -back - tax)])
  }

  private static let makers = [
    "Baltic Rope Works", "Crest Paints", "Ferro Anchors", "Gullwing Foul Weather Gear",
    "Meridian Instruments", "Stainless Fittings Direct",
  ]

  private mutating func suppliers(_ month: Day, _ index: Int) {
    for order in 0..<4 {
      let day = month.adding(days: 3 + order * 6 + Int(diary.chance.number(0...3)))
      let maker = diary.chance.pick(Self.makers)
      let goods = amount(2_300_00...4_000_00, month, index)
      let freight = diary.chance.number(35_00...140_00)
      let number = "\(maker.prefix(2).uppercased())\(diary.chance.number(10_000...99_999))"
      diary.enter(
        on: day, "Stock from \(maker)",
        [Line("1310", goods, "WHS"), Line("5200", freight, "WHS"), Line("2110", -goods - freight)]
      ) {
        $0.source = .bill
        $0.payee = maker
        $0.reference = number
      }
      diary.enter(
        on: day.adding(days: Int(diary.chance.number(18...32))), "Bill \(number) paid",
        [Line("2110", goods + freight), Line("1120", -goods - freight)]
      ) {
        $0.source = .payment
        $0.payee = maker
        $0.reference = number
      }
    }
  }

  private mutating func staff(_ month: Day) {
    let gross: Int64 = 9_240_00 + Int64(month.year - diary.first.year) * 310_00
    let withheld = gross * 21 / 100
    let social = gross * 8 / 100
    diary.enter(
      on: month.adding(days: 24), "Wages of \(month.text.prefix(7))",
      [
        Line("6100", gross * 6 / 10, "SHP"), Line("6100", gross - gross * 6 / 10, "WHS"),
        Line("6150", social), Line("2140", withheld - gross), Line("2220", -withheld - social),
      ]
    ) { $0.source = .payroll }
    diary.enter(
      on: month.adding(days: 26), "Wages paid",
      [Line("2140", gross - withheld), Line("1120", withheld - gross)]
    ) { $0.source = .payment }
    diary.enter(
      on: month.adding(months: 1).adding(days: 9), "Payroll tax and social security paid",
      [Line("2220", withheld + social), Line("1120", -withheld - social)]
    ) {
      $0.source = .payment
      $0.payee = "State Revenue Office"
    }
  }

  private mutating func premises(_ month: Day, _ index: Int) {
    func spent(
      _ day: Int, _ what: String, _ account: String, _ amount: Int64, _ payee: String
    ) -> (Day, String, [Line], String) {
      (
        month.adding(days: day), what, [Line(account, amount, "SHP"), Line("1120", -amount)], payee
      )
    }
    let winter = 200 - season(month)
    var bills = [
      spent(0, "Rent", "6200", 1_850_00, "Quayside Properties"),
      spent(
        11, "Electricity and heating", "6250",
        diary.chance.number(240_00...310_00) * winter / 100, "Coastal Power"),
      spent(13, "Telephone and internet", "6600", 89_90, "Beacon Telecom"),
      spent(
        15, "Advertisement", "6400", diary.chance.number(120_00...420_00), "Sailing Weekly"),
      spent(
        17, "Fuel and tolls", "6300", diary.chance.number(140_00...290_00), "Bay Fuels"),
      spent(20, "Bags and boxes", "6350", diary.chance.number(60_00...160_00), "Packright"),
      spent(27, "Bank charges", "7100", 18_50, "Seaboard Savings Bank"),
    ]
    if diary.chance.happens(oneIn: 3) {
      bills.append(
        spent(9, "Repairs", "6500", diary.chance.number(90_00...780_00), "Dockside Joinery"))
    }
    if month.month == 3 {
      bills.append(spent(21, "Annual accounts", "6650", 2_400_00, "Whitlock & Ames"))
    }
    for (day, what, lines, payee) in bills {
      diary.enter(on: day, what, lines) { $0.payee = payee }
    }
    if month.month == diary.first.month {
      diary.enter(
        on: month.adding(days: 7), "Insurance for the year",
        [Line("1420", 3_120_00), Line("1120", -3_120_00)]
      ) { $0.payee = "Mutual Marine" }
    }
    if month.month == 5, index > 12 {
      diary.enter(
        on: month.adding(days: 18), "Dividend",
        [Line("3200", 8_000_00), Line("1120", -8_000_00)])
    }
  }

  private mutating func monthEnd(_ month: Day, _ index: Int) {
    let last = month.lastOfMonth
    let interest: Int64 = 250_00 - Int64(index) * 4_10
    diary.enter(
      on: month.adding(days: 26), "Loan instalment",
      [Line("2320", 1_000_00), Line("7200", interest), Line("1120", -1_000_00 - interest)]
    ) { $0.payee = "Seaboard Savings Bank" }
    if month.month % 3 == 1, index > 0 { paySalesTax(on: month.adding(days: 19)) }
    guard last <= diary.end.day else { return }
    let cost = sales * 42 / 100
    diary.enter(
      on: last, "Cost of goods sold", [Line("5100", cost, "SHP"), Line("1310", -cost, "WHS")]
    ) { $0.source = .inventory }
    diary.enter(
      on: last, "Depreciation",
      [
        Line("6700", 510_00, "SHP"), Line("1525", -200_00), Line("1535", -310_00),
      ]
    ) {
      $0.source = .depreciation
      $0.type = .adjusting
    }
    diary.enter(
      on: last, "Insurance of the month", [Line("6550", 260_00), Line("1420", -260_00)]
    ) { $0.type = .adjusting }
  }

  private mutating func paySalesTax(on day: Day) {
    guard day <= diary.end.day else { return }
    diary.enter(
      on: day, "Sales tax paid", [Line("2210", salesTax), Line("1120", -salesTax)]
    ) {
      $0.source = .payment
      $0.payee = "State Revenue Office"
    }
    salesTax = 0
  }

  /// What waits on the desks: drafts, submitted entries, a refusal, a reversal.
  private mutating func unfinished() {
    var desk = DemonstrationDesk(diary)
    let spares = desk.entry(
      "Engine spares for the workshop", [Line("1310", 1_840_00, "WHS"), Line("2110", -1_840_00)],
      .bill, "Meridian Instruments")
    desk.add(.enter(spares, .finish), by: .employee, hoursAgo: 50)
    let lift = desk.entry(
      "Pallet lift", [Line("1520", 14_250_00, "WHS"), Line("2110", -14_250_00)], .bill,
      "Stainless Fittings Direct")
    desk.add(.enter(lift, .finish), by: .employee, hoursAgo: 49)
    desk.add(.approve(lift.key), by: .manager, hoursAgo: 47)
    let paint = desk.entry(
      "Antifouling for the season", [Line("1310", 2_415_00, "WHS"), Line("2110", -2_415_00)],
      .bill, "Crest Paints")
    desk.add(.enter(paint, .post), by: .employee, hoursAgo: 28)
    let again = desk.copy(of: paint)
    desk.add(.enter(again, .submit), by: .employee, hoursAgo: 27)
    let cleaning = desk.entry(
      "Window cleaning", [Line("6500", 95_00, "SHP"), Line("1120", -95_00)], .manual,
      "Clearview")
    desk.add(.enter(cleaning, .post), by: .employee, hoursAgo: 26)
    desk.add(
      .reverse(cleaning.key, reason: "Entered twice by mistake."), by: .manager, hoursAgo: 25)
    let tour = desk.entry(
      "Looking around", [Line("6600", 10_00), Line("1120", -10_00)], .manual, "")
    desk.add(.enter(tour, .post), by: .viewer, hoursAgo: 22)
    for (hours, what, account, amount) in [
      (20, "Stand at the boat show", "6400", 760_00),
      (5, "Life jackets for the crew", "6600", 342_00),
      (3, "Petrol, receipt to follow", "6300", 58_20),
    ] as [(Int64, String, String, Int64)] {
      let draft = desk.entry(
        what, [Line(account, amount, "SHP"), Line("1120", -amount)], .manual, "")
      desk.add(.enter(draft, .keepDraft), by: .employee, hoursAgo: hours)
    }
    diary = desk.diary
  }
}
