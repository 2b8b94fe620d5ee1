import Domain

/// A workshop in the mountains that repairs bicycles and builds them to measure.
struct Alpenrad: DemonstrationBusiness {
  let end: Timestamp
  let seed: UInt64

  init(until end: Timestamp, seed: UInt64) {
    self.end = end
    self.seed = seed
  }

  let plan = BusinessPlan(
    name: "Alpenrad Werkstatt", slug: "alpenrad", baseCurrency: "EUR",
    chart: ChartTemplate.named("services"),
    bands: [ApprovalPolicy.Band(minimum: Money(minorUnits: 2_500_00), role: .manager)])

  let members = [
    DemonstrationMember(
      email: "director@demo.example", name: "Daniel Okafor", role: .owner, title: "Partner",
      department: nil),
    DemonstrationMember(
      email: "employee@demo.example", name: "Elias Brandt", role: .manager,
      title: "Workshop manager", department: "WRK"),
    DemonstrationMember(
      email: "viewer@demo.example", name: "Vivian Moss", role: .employee, title: "Bookkeeper",
      department: "OFF"),
    DemonstrationMember(
      email: "owner@demo.example", name: "Olivia Hartmann", role: .viewer, title: "Investor",
      department: nil),
  ]

  let departments = [
    DemonstrationDepartment(code: "WRK", name: "Workshop", type: .production, parent: nil),
    DemonstrationDepartment(code: "FRM", name: "Frame building", type: .production, parent: "WRK"),
    DemonstrationDepartment(
      code: "SRV", name: "Repairs", type: .customerService, parent: "WRK"),
    DemonstrationDepartment(code: "OFF", name: "Office", type: .accounting, parent: "WRK"),
  ]

  let accounts = [
    DemonstrationAccount(
      number: "4110", name: "Repairs", parent: "4000", type: .revenue, category: .serviceIncome),
    DemonstrationAccount(
      number: "4210", name: "Bicycles to measure", parent: "4000", type: .revenue,
      category: .salesIncome),
    DemonstrationAccount(
      number: "5150", name: "Parts and tubes", parent: "5000", type: .expense,
      category: .costOfGoodsSold),
  ]

  func diary() throws -> DemonstrationDiary {
    var craft = AlpenradCraft(
      DemonstrationDiary(
        firstMonth: plan.firstMonth, end: end, policy: ApprovalPolicy(bands: plan.bands),
        seed: seed))
    return craft.written()
  }
}

/// Writes the diary of the workshop. Prices carry 20 % value added tax, which is settled each month.
private struct AlpenradCraft {
  private typealias Line = DemonstrationEntry.Line

  private var diary: DemonstrationDiary
  /// Tax on what was sold, and on what was bought, in the month.
  private var taxOwed: Int64 = 0
  private var taxPaid: Int64 = 0

  init(_ diary: DemonstrationDiary) { self.diary = diary }

  mutating func written() -> DemonstrationDiary {
    diary.addPeriods()
    begin()
    for (index, month) in diary.months.enumerated() {
      taxOwed = 0
      taxPaid = 0
      repairs(month)
      bicycles(month, index)
      parts(month)
      staff(month)
      running(month, index)
      monthEnd(month, index)
    }
    unfinished()
    return diary
  }

  private mutating func begin() {
    let day = diary.first
    diary.enter(
      on: day, "Partners' capital", [Line("1120", 48_000_00), Line("3100", -48_000_00)])
    diary.enter(
      on: day.adding(days: 2), "Work benches and frame jig",
      [Line("1510", 11_400_00, "WRK"), Line("1120", -11_400_00)]
    ) { $0.payee = "Werkzeug Huber" }
    diary.enter(
      on: day.adding(days: 3), "Computers for the office",
      [Line("1520", 2_160_00, "OFF"), Line("1120", -2_160_00)]
    ) { $0.payee = "Datenhaus" }
    diary.enter(
      on: day.adding(days: 4), "Deposit for the workshop",
      [Line("1250", 4_350_00), Line("1120", -4_350_00)]
    ) { $0.payee = "Gemeinde Bergheim" }
  }

  /// Snow keeps people off their bicycles.
  private func season(_ month: Day) -> Int64 {
    [58, 66, 108, 134, 138, 130, 120, 112, 104, 88, 72, 70][month.month - 1]
  }

  private mutating func repairs(_ month: Day) {
    for visit in 0..<8 {
      let day = month.adding(days: 1 + visit * 3)
      let net = diary.chance.number(560_00...1_240_00) * season(month) / 100
      let tax = net / 5
      if day <= diary.end.day { taxOwed += tax }
      diary.enter(
        on: day, "Repairs, paid by card",
        [Line("1120", net + tax), Line("4110", -net, "SRV"), Line("2210", -tax)]
      ) { $0.source = .receipt }
    }
  }

  private static let riders = [
    "Anna Leitner", "Bergrettung Bergheim", "Familie Pichler", "Hotel Post", "Jakob Steiner",
    "Radclub Salzach", "Theresa Auer", "Tourismusverband",
  ]

  private mutating func bicycles(_ month: Day, _ index: Int) {
    for build in 0..<5 {
      let day = month.adding(days: 4 + build * 5 + Int(diary.chance.number(0...2)))
      let rider = diary.chance.pick(Self.riders)
      let net = diary.chance.number(1_900_00...3_900_00) * Int64(200 + index) / 200
      let tax = net / 5
      let number = "AR-\(padded(index * 10 + build + 1, to: 4))"
      if day <= diary.end.day { taxOwed += tax }
      diary.enter(
        on: day, "Bicycle for \(rider)",
        [Line("1210", net + tax), Line("4210", -net, "FRM"), Line("2210", -tax)]
      ) {
        $0.source = .invoice
        $0.payee = rider
        $0.reference = number
      }
      diary.enter(
        on: day.adding(days: Int(diary.chance.number(7...30))), "Payment of \(number)",
        [Line("1120", net + tax), Line("1210", -net - tax)]
      ) {
        $0.source = .receipt
        $0.payee = rider
        $0.reference = number
      }
    }
  }

  private static let suppliers = [
    "Columbus Rohre", "Hinterland Laufräder", "Kettenwerk", "Sattlerei Moser", "Zahnkranz GmbH",
  ]

  private mutating func parts(_ month: Day) {
    for order in 0..<5 {
      let day = month.adding(days: 2 + order * 5)
      let supplier = diary.chance.pick(Self.suppliers)
      let net = diary.chance.number(620_00...1_980_00) * (season(month) + 50) / 150
      let tax = net / 5
      let number = "R\(diary.chance.number(100_000...999_999))"
      if day <= diary.end.day { taxPaid += tax }
      diary.enter(
        on: day, "Parts from \(supplier)",
        [
          Line("5150", net, order % 2 == 0 ? "FRM" : "SRV"), Line("1260", tax),
          Line("2110", -net - tax),
        ]
      ) {
        $0.source = .bill
        $0.payee = supplier
        $0.reference = number
      }
      diary.enter(
        on: day.adding(days: Int(diary.chance.number(10...28))), "Bill \(number) paid",
        [Line("2110", net + tax), Line("1120", -net - tax)]
      ) {
        $0.source = .payment
        $0.payee = supplier
        $0.reference = number
      }
    }
  }

  private mutating func staff(_ month: Day) {
    let gross: Int64 = 6_400_00 + Int64(month.year - diary.first.year) * 220_00
    let withheld = gross * 24 / 100
    let social = gross * 21 / 100
    diary.enter(
      on: month.adding(days: 25), "Wages of \(month.text.prefix(7))",
      [
        Line("6110", gross, "WRK"), Line("6120", social, "WRK"), Line("2140", withheld - gross),
        Line("2220", -withheld - social),
      ]
    ) { $0.source = .payroll }
    diary.enter(
      on: month.adding(days: 26), "Wages paid",
      [Line("2140", gross - withheld), Line("1120", withheld - gross)]
    ) { $0.source = .payment }
    diary.enter(
      on: month.adding(months: 1).adding(days: 13), "Payroll tax and social security paid",
      [Line("2220", withheld + social), Line("1120", -withheld - social)]
    ) {
      $0.source = .payment
      $0.payee = "Finanzamt"
    }
  }

  private mutating func running(_ month: Day, _ index: Int) {
    let costs: [(Int, String, String, Int64, String)] = [
      (0, "Rent", "6210", 1_450_00, "Gemeinde Bergheim"),
      (10, "Electricity", "6220", diary.chance.number(180_00...320_00), "Salzstrom"),
      (12, "Telephone and internet", "6320", 64_00, "Almnet"),
      (14, "Design software", "6330", 49_00, "Rahmenplan"),
      (16, "Advertisement", "6400", diary.chance.number(90_00...360_00), "Bergblatt"),
      (18, "Office supplies", "6310", diary.chance.number(25_00...110_00), "Papier Egger"),
    ]
    for (day, what, account, net, payee) in costs {
      let date = month.adding(days: day)
      let tax = net / 5
      if date <= diary.end.day { taxPaid += tax }
      diary.enter(
        on: date, what, [Line(account, net, "OFF"), Line("1260", tax), Line("1120", -net - tax)]
      ) { $0.payee = payee }
    }
    diary.enter(
      on: month.adding(days: 27), "Bank charges",
      [Line("7100", 14_90, "OFF"), Line("1120", -14_90)])
    diary.enter(
      on: month.adding(days: 21), "Partners' drawings",
      [Line("3200", 1_400_00), Line("1120", -1_400_00)])
    if month.month == diary.first.month {
      diary.enter(
        on: month.adding(days: 8), "Insurance for the year",
        [Line("1320", 1_680_00), Line("1120", -1_680_00)]
      ) { $0.payee = "Alpenschutz" }
    }
    if month.month == 2 {
      diary.enter(
        on: month.adding(days: 11), "Brazing course",
        [Line("6130", 640_00, "FRM"), Line("1120", -640_00)]
      ) { $0.payee = "Rahmenbauschule" }
    }
  }

  private mutating func monthEnd(_ month: Day, _ index: Int) {
    let last = month.lastOfMonth
    guard last <= diary.end.day else { return }
    diary.enter(
      on: last, "Depreciation",
      [
        Line("6700", 250_00, "WRK"), Line("1515", -190_00), Line("1525", -60_00),
      ]
    ) {
      $0.source = .depreciation
      $0.type = .adjusting
    }
    diary.enter(
      on: last, "Insurance of the month", [Line("6240", 140_00), Line("1320", -140_00)]
    ) { $0.type = .adjusting }
    diary.enter(
      on: last.adding(days: 15), "Value added tax of \(month.text.prefix(7))",
      [Line("2210", taxOwed), Line("1260", -taxPaid), Line("1120", taxPaid - taxOwed)]
    ) {
      $0.source = .payment
      $0.payee = "Finanzamt"
    }
  }

  private mutating func unfinished() {
    var desk = DemonstrationDesk(diary)
    let jig = desk.entry(
      "Second frame jig", [Line("1510", 5_280_00, "FRM"), Line("2110", -5_280_00)], .bill,
      "Werkzeug Huber")
    desk.add(.enter(jig, .finish), by: .employee, hoursAgo: 30)
    let lamp = desk.entry(
      "Lamp for the truing stand", [Line("6310", 88_00, "SRV"), Line("1120", -88_00)], .manual, "")
    desk.add(.enter(lamp, .keepDraft), by: .employee, hoursAgo: 6)
    diary = desk.diary
  }
}
