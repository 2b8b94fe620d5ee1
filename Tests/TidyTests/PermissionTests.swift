import Testing

/// What a screen asks for is what its query or command asks for, and isn't said a second time.
@Suite struct PermissionTests {
  /// Home is made of many queries and stands for none.
  private static let exempt: Set = ["businessRead"]

  @Test func `no screen names a permission where a query or command has it`() throws {
    let files = try Repository.files(in: ["Sources/ViewModels"])
    let text = try #require(
      try Repository.files(in: ["Sources/Domain/Access"]).first {
        $0.path.hasSuffix("/Permission.swift")
      }
    ).text
    let permissions = text.matches(of: /case (\w+) = "\w+\.[\w.]+"/).map { String($0.output.1) }
    #expect(permissions.count > 50)
    let bindings = files.flatMap { $0.text.matches(of: /static let (\w+) = Binding\(/) }
    let names = Set(permissions).subtracting(bindings.map { String($0.output.1) }).subtracting(
      Self.exempt)
    for file in files {
      for (index, line) in file.lines.enumerated() {
        let said = line.matches(of: /\.(\w+)/).map { String($0.output.1) }.filter(names.contains)
        #expect(said.isEmpty, "\(file.path):\(index + 1): \(said)")
      }
    }
  }
}
