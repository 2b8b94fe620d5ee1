package import Domain
import Phrases

/// Every setting for whoever writes config.yaml by hand, and for editors that check it.
extension Setting {
  package static var markdown: String {
    let rows = all.map { setting in
      "| `\(setting.name)` | \(setting.help.english) | \(setting.expectedAnywhere) |"
        + " \(setting.value(Settings()).map { "`\($0.text)`" } ?? "none") |"
    }
    return
      (["| setting | what it means | what it may be | by itself |", "|---|---|---|---|"] + rows)
      .joined(separator: "\n") + "\n"
  }

  /// A JSON schema of config.yaml.
  package static var schema: JSON {
    .object([
      JSON.Field("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
      JSON.Field("title", .string("CoreFlow's config.yaml")),
      JSON.Field("type", .string("object")),
      JSON.Field("additionalProperties", .bool(false)),
      JSON.Field("properties", .object(all.map { JSON.Field($0.name, $0.schema) })),
    ])
  }

  /// Where no person's own themes are known.
  private var expectedAnywhere: String {
    switch kind {
    case .flag, .number, .choice: expected(in: Settings()).english
    case .theme: "a theme's name"
    case .keys: "actions with their keys"
    }
  }

  private var schema: JSON {
    let fields =
      switch kind {
      case .flag: [JSON.Field("type", .string("boolean"))]
      case .number(let range):
        [
          JSON.Field("type", .string("integer")),
          JSON.Field("minimum", .integer(Int64(range.lowerBound))),
          JSON.Field("maximum", .integer(Int64(range.upperBound))),
        ]
      case .choice(let words): [JSON.Field("enum", .array(words.map(JSON.string)))]
      case .theme: [JSON.Field("type", .string("string"))]
      case .keys: Self.keysSchema
      }
    return .object(
      [JSON.Field("description", .string(help.english))] + fields
        + [JSON.Field("default", value(Settings())?.json ?? .null)])
  }

  /// One key or a list of them for each action.
  private static var keysSchema: [JSON.Field] {
    let key = JSON.object([JSON.Field("type", .string("string"))])
    let list = JSON.object([JSON.Field("type", .string("array")), JSON.Field("items", key)])
    let either = JSON.object([JSON.Field("anyOf", .array([key, list]))])
    let ids = Set(Keymap.places.flatMap(\.reached).map(\.id)).sorted()
    return [
      JSON.Field("type", .string("object")), JSON.Field("additionalProperties", .bool(false)),
      JSON.Field("properties", .object(ids.map { JSON.Field($0, either) })),
    ]
  }
}

extension Setting.Value {
  fileprivate var json: JSON {
    switch self {
    case .flag(let flag): .bool(flag)
    case .number(let number): .integer(Int64(number))
    case .text(let text): .string(text)
    }
  }
}
