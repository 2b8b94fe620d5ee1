package import ArgumentParser
import Interchange
import Operations

/// The command line: arguments in, rows and one line of error out, an exit status at the end.
package enum CLI {
  /// What the executable's own root command takes up beside `ui` and `demo`.
  package static var subcommands: [any ParsableCommand.Type] {
    [
      Init.self, Login.self, Logout.self, WhoAmI.self, BusinessGroup.self, UserGroup.self,
      DepartmentGroup.self,
      AccountGroup.self, JournalGroup.self, AttachGroup.self, PeriodGroup.self, BudgetGroup.self,
      ReportGroup.self, LedgerGroup.self, FxGroup.self, ReconcileGroup.self,
      ImportGroup.self, ExportGroup.self, AccessGroup.self, DelegationGroup.self,
      ConfirmationGroup.self, NoticeGroup.self, SessionGroup.self, APIKeyGroup.self,
      AuditGroup.self, MigrateGroup.self, Doctor.self,
      Backup.self,
    ]
  }

  /// What a check of the executable's own ends with that found so many things wrong.
  package static func findings(_ count: Int) -> any Error { Failure.findings(count: count) }

  /// Runs what `arguments` (without the program's name) ask of `root` and gives the exit status.
  package static func run(
    _ root: any ParsableCommand.Type, arguments: [String], in surroundings: Surroundings
  ) async -> Int32 {
    let output = Output(to: surroundings)
    do {
      var command = try root.parseAsRoot(ArgumentOrder.arranged(arguments))
      if let subcommand = command as? any Subcommand {
        try await subcommand.run(in: surroundings)
      } else {
        try command.run()
      }
      return 0
    } catch let error where root.exitCode(for: error) == .success {
      // `--help` and `--version` come out as errors too.
      return output.help(root.fullMessage(for: error))
    } catch let error where root.exitCode(for: error) == .validationFailure {
      output.complain(usage(of: root, error))
      return ExitStatus.usage.rawValue
    } catch let error as SheetFaults {
      for fault in error.faults { output.complain(fault.words) }
      return ExitStatus(error).rawValue
    } catch {
      output.complain(UserMessage(atCommandLine: error).text)
      return ExitStatus(error).rawValue
    }
  }

  /// What is wrong with the command line, in one line, and where to read how it is meant.
  private static func usage(of root: any ParsableCommand.Type, _ error: any Error) -> String {
    let advice = root.fullMessage(for: error).split(separator: "\n").last.map(String.init) ?? ""
    let help = advice.contains("--help") ? advice.drop { $0 == " " } : "See 'coreflow --help'."
    return "\(root.message(for: error)). \(help)"
      .replacing("..", with: ".").replacing("?.", with: "?").replacing("\n", with: " ")
  }
}
