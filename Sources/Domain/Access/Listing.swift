extension Rights {
  /// What the list on a thing says (RULES §4.2, 5): `listed`, `unlisted` for who passes all the
  /// same, or a denial; nil while it has no row in force.
  func finding(
    of protection: Protection, for permission: Permission, in circumstances: Circumstances
  ) -> Finding.Reason? {
    let rows = protection.rows.filter { $0.window.holds(circumstances.now) }
    guard !rows.isEmpty else { return nil }
    let mine = rows.filter { person.isOf($0.party) }
    // Nothing overrides a no.
    if mine.contains(where: { $0.level == .none }) {
      return .denied(.forbidden(by: .list(protection.thing)))
    }
    let needs = permission.neededLevel
    let suffices = mine.contains { row in
      (row.level >= needs || permission == .permissionManage && row.mayShare)
        && (!permission.isExport || row.mayExport)
    }
    if suffices, let level = mine.map(\.level).max() { return .listed(protection.thing, level) }
    return passesUnlisted(permission, circumstances)
      ? .unlisted(protection.thing) : .denied(.notListed(protection.thing, needs: needs))
  }

  /// Owners do, and for reading those who read the whole audit log.
  private func passesUnlisted(_ permission: Permission, _ circumstances: Circumstances) -> Bool {
    guard person.role != .owner else { return true }
    guard permission.onlyReads, !permission.isExport else { return false }
    let ofLog = grants(of: .auditRead).filter { $0.speaks(in: circumstances) }
    return ofLog.contains { $0.effect == .allow && $0.conditions.askNothingOfThings }
      && !ofLog.contains { $0.effect == .deny }
  }
}
