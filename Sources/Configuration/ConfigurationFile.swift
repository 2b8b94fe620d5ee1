import Domain
import Foundation
import Interchange
import Keys
import Themes
package import ViewModels
import Yams

/// What a person set up in `~/.config/coreflow/config.yaml`, with themes of their own beside it.
package struct ConfigurationFile {
  package let path: String
  package let themes: ThemeFolder

  package init(in folder: String) {
    path = folder + "/config.yaml"
    themes = ThemeFolder(at: folder + "/themes")
  }

  /// `settings` with what the file has in place of what they had from it, and with this file as the
  /// place where they are kept. Throws `SettingsFault`.
  package func read(over settings: Settings = Settings()) throws -> Settings {
    try read(text(), over: settings)
  }

  /// Nil where there is no file.
  private func text() throws -> String? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw fault(nil, "it can't be read as text. Check its owner, or remove it.")
    }
    return text
  }

  private func read(_ text: String?, over old: Settings) throws -> Settings {
    var settings = old
    settings.themes = themes.names
    settings.file = Settings.File(
      path: path, read: { try read(over: $0) }, write: { try write($1, $2, over: $0) })
    settings.origins = [:]
    for setting in Setting.all { setting.set(&settings, nil) }
    guard let text, let root = try compose(text) else { return settings }
    guard let mapping = root.mapping else {
      throw fault(root, "here should be names and values, such as theme: night.")
    }
    for (key, value) in mapping {
      guard let name = key.string, let setting = Setting.named(name) else {
        let known = Setting.all.map(\.name).joined(separator: ", ")
        throw fault(key, "\(key.string ?? "") is not known. Known are \(known).")
      }
      settings.origins[name] = key.mark.map { "line \($0.line)" }
      if setting.kind != .keys {
        setting.set(&settings, try self.value(value, of: setting, settings))
      }
    }
    // They depend on the preset, wherever that stands.
    if let keys = mapping["keys"] { try readKeys(keys, into: &settings) }
    return settings
  }

  private func compose(_ text: String) throws -> Node? {
    do {
      return try Yams.compose(yaml: text)
    } catch {
      let fault = YAMLFault(error, in: text)
      throw SettingsFault(
        path: path, line: fault.line, reason: "this is not YAML: \(fault.reason).")
    }
  }

  private func value(
    _ node: Node, of setting: Setting, _ settings: Settings
  ) throws -> Setting.Value {
    let value: Setting.Value? =
      switch setting.kind {
      case .flag: node.bool.map(Setting.Value.flag)
      case .number: node.int.map(Setting.Value.number)
      case .choice, .theme, .keys: node.string.map(Setting.Value.text)
      }
    guard let value, setting.accepts(value, in: settings) else {
      throw fault(node, "here should be \(setting.expected(in: settings)).")
    }
    return value
  }

  private func readKeys(_ node: Node, into settings: inout Settings) throws {
    guard let mapping = node.mapping else {
      throw fault(
        node, "here should be names of actions with their keys; coreflow keys lists them.")
    }
    var lines: [String: Node] = [:]
    for (name, value) in mapping {
      let id = name.string ?? ""
      lines[id] = name
      let names = value.sequence.map { $0.map { $0.string ?? "" } } ?? [value.string ?? ""]
      settings.keys.own[id] = try names.map { text in
        guard let key = Key(name: text) else {
          throw fault(value, "\(text) is no key. Keys are n, F6, Ctrl-N, Alt-1, Enter, PgUp.")
        }
        return key
      }
    }
    if let unknown = settings.keys.unknown.first {
      throw fault(lines[unknown], "there is no action \(unknown); coreflow keys lists them.")
    }
    if let clash = settings.keys.clashes().first {
      let node = lines[clash.second] ?? lines[clash.first]
      throw fault(node, Self.words(clash))
    }
  }

  private static func words(_ clash: KeySettings.Clash) -> String {
    "\(clash.key.name) would do two things (\(clash.place)): \(clash.first) and \(clash.second)."
  }

  private func fault(_ node: Node?, _ reason: String) -> SettingsFault {
    SettingsFault(path: path, line: node?.mark?.line, reason: reason)
  }

  // MARK: Writing

  /// Changes the setting's line and leaves all others as the person wrote them.
  private func write(
    _ setting: Setting, _ value: Setting.Value?, over settings: Settings
  ) throws -> Settings {
    let before = try text()
    // A faulty file is the person's to repair.
    let old = try read(before, over: settings)
    var wanted = old
    setting.set(&wanted, value)
    if let clash = wanted.keys.clashes().first {
      throw fault(nil, "with \(value?.text ?? "that") \(Self.words(clash))")
    }
    let changed = ConfigurationText(before ?? "").with(setting.name, value)
    // What people write is richer than what is changed here, so the outcome is read before it counts.
    guard let changed, let new = try? read(changed, over: settings),
      Setting.all.allSatisfy({ $0.value(new) == $0.value(wanted) }), new.keys.own == old.keys.own
    else {
      let line = value.map { "\(setting.name): \($0.text)" } ?? "no \(setting.name)"
      throw fault(nil, "it is written so that only you can change it. Write there: \(line).")
    }
    try replace(with: changed)
    return new
  }

  /// Whole or not at all, and where a link leads rather than in its place.
  private func replace(with text: String) throws {
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let draft = "\(target).\(getpid())"
    do {
      try FileManager.default.createDirectory(
        atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      var status = stat()
      let isThere = stat(target, &status) == 0
      guard !isThere || access(target, W_OK) == 0 else { throw unwritable(errno) }
      try NewFile.write(text, to: draft)
      guard !isThere || chmod(draft, status.st_mode & 0o777) == 0, rename(draft, target) == 0 else {
        let reason = errno
        unlink(draft)
        throw unwritable(reason)
      }
    } catch let fault as NewFile.Fault {
      throw SettingsFault(path: path, line: nil, reason: "nothing was saved. \(fault.words)")
    } catch let fault as SettingsFault {
      throw fault
    } catch {
      throw fault(nil, "nothing was saved: its folder can't be made. Check who may write there.")
    }
  }

  private func unwritable(_ reason: Int32) -> SettingsFault {
    fault(nil, "nothing was saved: \(String(cString: strerror(reason))).")
  }
}
