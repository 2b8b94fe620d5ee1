import Domain
import Testing

@Suite struct AuditRecordTests {
  /// Made by another program from RULES §6.2; what it says is in every chain already written.
  private static let golden = [
    "740000000000000017636f7265666c6f772d61756469742d7265636f72642d3269000000000000000800",
    "00000000000007690000000000000008000000000000002a690000000000000008000001a208b6dc1174",
    "0000000000000007617070726f766574000000000000000f6a6f75726e616c2e617070726f7665740000",
    "00000000000d6a6f75726e616c5f656e7472796900000000000000080000000000000063740000000000",
    "000004442d313269000000000000000800000000000000037400000000000000045a6fc3ab6900000000",
    "0000000800000000000000046e0000000000000000740000000000000004747479317400000000000000",
    "03722d3174000000000000000f6a6f75726e616c2e617070726f7665740000000000000007616c6c6f77",
    "65646e0000000000000000740000000000000007737563636573736e00000000000000006e0000000000",
    "00000074000000000000001d7b22737461747573223a2270656e64696e675f617070726f76616c227d74",
    "00000000000000157b22737461747573223a22617070726f766564227d74000000000000000a5b227374",
    "61747573225d690000000000000008000000000000000169000000000000000800000000000000116e00",
    "000000000000006900000000000000080000000000000001690000000000000008000000000000000269",
    "000000000000000800000000000000036900000000000000080000000000000004690000000000000008",
    "000000000000000569000000000000000800000000000000066900000000000000080000000000000007",
    "690000000000000008000000000000000869000000000000000800000000000000097400000000000000",
    "036d2d31690000000000000008000000000000000a74000000000000000430306666",
  ].joined()

  private static let goldenGenesis = [
    "740000000000000011636f7265666c6f772d61756469742d763169000000000000000800000000000000",
    "07690000000000000008000001a208b6dc11",
  ].joined()

  @Test func `a record's bytes are those that earlier chains were hashed from`() {
    #expect(hexadecimal(record().canonicalBytes) == Self.golden)
  }

  @Test func `a chain begins with its business and the moment it was made`() {
    let genesis = AuditRecord.genesis(
      of: ID(7), createdAt: Timestamp(milliseconds: 1_795_442_531_345))
    #expect(hexadecimal(genesis) == Self.goldenGenesis)
  }

  @Test func `whatever field is changed, the bytes change, each in its own way`() {
    let changes: [(inout AuditRecord) -> Void] = [
      { _ in },
      { $0.business = ID(8) }, { $0.sequence = 43 }, { $0.at = Timestamp(milliseconds: 1) },
      { $0.event = .reject }, { $0.operation = "journal.post" }, { $0.resourceType = "account" },
      { $0.resourceID = nil }, { $0.resourceID = 98 }, { $0.resourceName = "D-13" },
      { $0.actor = nil }, { $0.actor = ID(4) }, { $0.actorName = "Zoe" }, { $0.session = 1 },
      { $0.origin = "tty2" }, { $0.correlation = "r-2" }, { $0.permission = nil },
      { $0.permission = "journal.post" }, { $0.decision = "denied" }, { $0.reason = "" },
      { $0.reason = "late" }, { $0.outcome = .failure }, { $0.errorCode = "limit" },
      { $0.errorMessage = "limit" }, { $0.oldValues = nil }, { $0.oldValues = "{}" },
      { $0.newValues = nil }, { $0.newValues = "{}" }, { $0.changedFields = "[]" },
      { $0.contentHash = "ab" }, { $0.cost.computeMilliseconds = 9 }, { $0.cost.microCredits = 9 },
      { $0.cost.priceVersion = nil }, { $0.cost.aiModel = nil }, { $0.cost.aiTokens = 11 },
      { $0.actingFor = nil }, { $0.actingFor = ID(5) }, { $0.isSensitive = false },
      { $0.riskScore = 18 }, { $0.previousHash = "00fe" },
    ]
    var seen: Set<[UInt8]> = []
    for change in changes {
      var record = record()
      change(&record)
      seen.insert(record.canonicalBytes)
    }
    #expect(seen.count == changes.count)
  }

  @Test func `the database's words for events and outcomes stay as they are`() {
    #expect(
      AuditEvent.allCases.map(\.rawValue).joined(separator: " ")
        == "create update delete view export import approve reject cancel void reverse login "
        + "logout password_change permission_change workflow_start workflow_complete "
        + "workflow_fail api_call system_event error")
    #expect(
      AuditOutcome.allCases.map(\.rawValue).joined(separator: " ")
        == "success failure partial warning")
  }

  private func record() -> AuditRecord {
    var cost = Cost()
    cost.computeMilliseconds = 1
    cost.rowsReturned = 2
    cost.rowsWritten = 3
    cost.steps = 4
    cost.storageBytes = 5
    cost.networkBytes = 6
    cost.apiCalls = 7
    cost.microCredits = 8
    cost.priceVersion = 9
    cost.aiModel = "m-1"
    cost.aiTokens = 10
    return AuditRecord(
      business: ID(7), sequence: 42, at: Timestamp(milliseconds: 1_795_442_531_345),
      event: .approve, operation: "journal.approve", resourceType: "journal_entry",
      resourceID: 99, resourceName: "D-12", actor: ID(3), actorName: "Zoe\u{308}",
      actingFor: ID(4), session: nil, origin: "tty1", correlation: "r-1",
      permission: "journal.approve", decision: "allowed", reason: nil, outcome: .success,
      errorCode: nil, errorMessage: nil,
      oldValues: #"{"status":"pending_approval"}"#, newValues: #"{"status":"approved"}"#,
      changedFields: #"["status"]"#, isSensitive: true, riskScore: 17, contentHash: nil, cost: cost,
      previousHash: "00ff")
  }
}
