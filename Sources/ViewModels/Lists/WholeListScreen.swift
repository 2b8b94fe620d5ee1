import Operations

/// A list that is read whole, and of which whoever may export lists may export all that they see.
protocol WholeListScreen: ListScreen {}

extension WholeListScreen {
  func readWhole<Q: Query>(_ query: Q, at desk: Desk) -> [Effect] where Q.Output == [Row] {
    [
      read(query, at: desk) { [weak self] rows in
        self?.list.take(rows)
        return []
      }
    ]
  }

  func readForExport(limit: Int, _ then: @escaping ([Row], Footing?) -> [Effect]) -> [Effect] {
    then(list.whole ?? [], nil)
  }
}
