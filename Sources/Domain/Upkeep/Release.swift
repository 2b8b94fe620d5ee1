/// Which CoreFlow this is: `--version` says it, and the database keeps which one changed its schema.
package enum Release {
  package static let version = "0.1.0"
}
