import CNcurses
import CTerminal
import Widgets

@testable import Curses

/// What a terminal shows of what it was sent. It does what ncurses asks of terminals, and notes
/// whatever a terminal of its kind wouldn't understand, or would show in another place.
struct ShownScreen {
  struct Cell: Hashable {
    var text = " "
    /// 0 for the second half of a wide character.
    var width = 1
    var look = Look()
  }

  struct Look: Hashable {
    var attributes: Attributes = []
    /// ncurses' numbers of colours; -1 is the terminal's own.
    var foreground: CInt = -1
    var background: CInt = -1
  }

  let size: Size
  private(set) var cells: [Cell]
  private(set) var faults: [String] = []
  private var known: Set<String>
  private let erasesInColor: Bool
  private var look = Look()
  private var place = (row: 0, column: 0)
  private var saved = (row: 0, column: 0)
  private var region: ClosedRange<Int>
  /// The last column is written; what comes next goes to the next row.
  private var isPastEnd = false
  private var lastText = ""

  /// A terminal of the kind that ncurses has open.
  init(_ size: Size, terminalName: String) {
    self.size = size
    cells = Array(repeating: Cell(), count: size.columns * size.rows)
    region = 0...max(size.rows - 1, 0)
    known = Self.capabilities(of: terminalName)
    erasesInColor = tigetflag("bce") == 1
  }

  subscript(column: Int, row: Int) -> Cell { cells[row * size.columns + column] }

  mutating func receive(_ output: String) {
    for piece in TerminalOutput.pieces(of: output) {
      switch piece {
      case .character(let scalar): show(scalar)
      case .sequence(let sequence):
        if !known.contains(sequence.shape) { note("unknown to it: \(sequence.shape)") }
        obey(sequence)
      }
    }
  }

  mutating func takeFaults() -> [String] {
    defer { faults = [] }
    return faults
  }

  private mutating func note(_ fault: String) { faults.append(fault) }

  // MARK: What the kind of terminal understands

  /// Those with which ncurses draws, begins and ends.
  private static let names = [
    "bel", "cr", "csr", "clear", "el", "el1", "ed", "hpa", "vpa", "cup", "home", "cub1", "cub",
    "cuf1", "cuf", "cuu1", "cuu", "cud1", "cud", "civis", "cnorm", "dch1", "dch", "dl1", "dl",
    "ich1", "ich", "il1", "il", "ech", "rep", "ind", "indn", "ri", "rin", "sc", "rc", "ht", "cbt",
    "smir", "rmir", "smam", "rmam", "smcup", "rmcup", "sgr0", "sgr", "bold", "dim", "smul", "rmul",
    "rev", "smso", "rmso", "setaf", "setab", "op", "oc", "rmacs", "enacs",
  ]

  private static func capabilities(of terminalName: String) -> Set<String> {
    let modes = TerminalModes(terminalName: terminalName)
    let all = names.compactMap { cncurses_capability($0) }.map { String(cString: $0) }
    let own = [modes.on, modes.off, modes.question]
    return Set(
      (all.map(TerminalOutput.withoutParameters) + own).flatMap(TerminalOutput.pieces)
        .compactMap { piece in
          if case .sequence(let sequence) = piece { sequence.shape } else { nil }
        })
  }

  // MARK: Characters

  private mutating func show(_ scalar: Unicode.Scalar) {
    let width = Int(cterminal_wcwidth(CInt(bitPattern: scalar.value)))
    guard width > 0 else {
      return width == 0 ? combine(scalar) : note("not to be shown: \(scalar)")
    }
    if isPastEnd || place.column + width > size.columns {
      note("\(scalar) goes beyond the last column of row \(place.row)")
      return
    }
    put(String(scalar), width: width)
  }

  private mutating func put(_ text: String, width: Int) {
    lastText = text
    clearHalves(place.column..<place.column + width)
    let index = place.row * size.columns + place.column
    cells[index] = Cell(text: text, width: width, look: look)
    if width == 2 { cells[index + 1] = Cell(text: "", width: 0, look: look) }
    isPastEnd = place.column + width == size.columns
    place.column += isPastEnd ? width - 1 : width
  }

  private mutating func combine(_ scalar: Unicode.Scalar) {
    var column = isPastEnd ? place.column : place.column - 1
    guard column >= 0 else { return note("a mark on nothing") }
    if self[column, place.row].width == 0 { column -= 1 }
    cells[place.row * size.columns + column].text.unicodeScalars.append(scalar)
  }

  /// Whose half is overwritten loses the other half too.
  private mutating func clearHalves(_ columns: Range<Int>) {
    let start = place.row * size.columns
    if columns.lowerBound > 0, cells[start + columns.lowerBound].width == 0 {
      cells[start + columns.lowerBound - 1].text = " "
      cells[start + columns.lowerBound - 1].width = 1
    }
    if columns.upperBound < size.columns, cells[start + columns.upperBound].width == 0 {
      cells[start + columns.upperBound].text = " "
      cells[start + columns.upperBound].width = 1
    }
  }

  private var blank: Cell {
    Cell(look: Look(background: erasesInColor ? look.background : -1))
  }

  private mutating func erase(_ columns: Range<Int>, row: Int) {
    guard !columns.isEmpty else { return }
    let saved = place
    place.row = row
    clearHalves(columns)
    place = saved
    for column in columns { cells[row * size.columns + column] = blank }
  }

  private mutating func eraseRows(_ rows: Range<Int>) {
    for row in rows { erase(0..<size.columns, row: row) }
  }

  // MARK: Sequences

  private mutating func obey(_ sequence: TerminalOutput.Sequence) {
    let count = max(sequence.parameters.first ?? 1, 1)
    switch sequence.shape {
    case "\r": move(column: 0)
    case "\n", "ESC D": lineFeed(1)
    case "\u{8}": move(column: place.column - 1)
    case "\t": move(column: min((place.column / 8 + 1) * 8, size.columns - 1))
    case "ESC 7": saved = place
    case "ESC 8": move(row: saved.row, column: saved.column)
    case "ESC M": reverseLineFeed(1)
    case "[H":
      move(
        row: count - 1, column: (sequence.parameters.dropFirst().first ?? 1).clamped - 1)
    case "[A": move(row: place.row - count, column: place.column)
    case "[B": move(row: place.row + count, column: place.column)
    case "[C": move(column: place.column + count)
    case "[D": move(column: place.column - count)
    case "[G": move(column: count - 1)
    case "[d": move(row: count - 1, column: place.column)
    case "[Z": move(column: max((place.column - 1) / 8 * 8, 0))
    case "[K": eraseLine(sequence.parameters.first ?? 0)
    case "[J": eraseScreen(sequence.parameters.first ?? 0)
    case "[X": erase(place.column..<min(place.column + count, size.columns), row: place.row)
    case "[b": for _ in 0..<count { put(lastText, width: 1) }
    case "[P": shift(by: -count)
    case "[@": shift(by: count)
    case "[L": scroll(from: place.row, by: -count)
    case "[M": scroll(from: place.row, by: count)
    case "[S": scroll(from: region.lowerBound, by: count)
    case "[T": scroll(from: region.lowerBound, by: -count)
    case "[r": setRegion(sequence.parameters)
    case "[m": setLook(sequence.parameters)
    default: break
    }
  }

  private mutating func move(row: Int? = nil, column: Int) {
    let row = row ?? place.row
    guard 0..<size.rows ~= row, 0..<size.columns ~= column else {
      return note("a cursor at \(column), \(row)")
    }
    place = (row, column)
    isPastEnd = false
  }

  private mutating func lineFeed(_ count: Int) {
    if place.row == region.upperBound {
      scroll(from: region.lowerBound, by: count)
    } else {
      move(row: place.row + count, column: place.column)
    }
  }

  private mutating func reverseLineFeed(_ count: Int) {
    if place.row == region.lowerBound {
      scroll(from: region.lowerBound, by: -count)
    } else {
      move(row: place.row - count, column: place.column)
    }
  }

  private mutating func eraseLine(_ what: Int) {
    let columns = [place.column..<size.columns, 0..<place.column + 1, 0..<size.columns]
    erase(columns[min(what, 2)], row: place.row)
  }

  private mutating func eraseScreen(_ what: Int) {
    if what < 2 { eraseLine(what) }
    let rows = [place.row + 1..<size.rows, 0..<place.row, 0..<size.rows]
    eraseRows(rows[min(what, 2)])
  }

  private mutating func shift(by count: Int) {
    let start = place.row * size.columns
    var line = Array(cells[start..<start + size.columns])
    let few = min(abs(count), size.columns - place.column)
    if count < 0 {
      line.removeSubrange(place.column..<place.column + few)
      line += Array(repeating: blank, count: few)
    } else {
      line.removeLast(few)
      line.insert(contentsOf: Array(repeating: blank, count: few), at: place.column)
    }
    cells.replaceSubrange(start..<start + size.columns, with: line)
  }

  /// Moves rows up, or down if `count` is negative, within the region.
  private mutating func scroll(from top: Int, by count: Int) {
    var rows = (top...region.upperBound).map { row in
      Array(cells[row * size.columns..<(row + 1) * size.columns])
    }
    let few = min(abs(count), rows.count)
    let empty = Array(repeating: Array(repeating: blank, count: size.columns), count: few)
    rows = count > 0 ? rows.dropFirst(few) + empty : empty + rows.dropLast(few)
    cells.replaceSubrange(
      top * size.columns..<(region.upperBound + 1) * size.columns, with: rows.flatMap(\.self))
  }

  private mutating func setRegion(_ parameters: [Int]) {
    let top = (parameters.first ?? 1).clamped - 1
    let bottom = (parameters.dropFirst().first ?? size.rows) - 1
    guard top < bottom, bottom < size.rows else { return note("a region to row \(bottom)") }
    region = top...bottom
    move(row: 0, column: 0)
  }

  private mutating func setLook(_ parameters: [Int]) {
    var rest = (parameters.isEmpty ? [0] : parameters)[...]
    while let code = rest.popFirst() {
      switch code {
      // 10 is the first of fonts, which nothing here changes.
      case 10: break
      case 0: look = Look()
      case 1: look.attributes.insert(.bold)
      case 2: look.attributes.insert(.dim)
      case 4: look.attributes.insert(.underline)
      case 7: look.attributes.insert(.reverse)
      case 22: look.attributes.subtract([.bold, .dim])
      case 24: look.attributes.remove(.underline)
      case 27: look.attributes.remove(.reverse)
      case 30...37: look.foreground = CInt(code - 30)
      case 39: look.foreground = -1
      case 40...47: look.background = CInt(code - 40)
      case 49: look.background = -1
      case 90...97: look.foreground = CInt(code - 82)
      case 100...107: look.background = CInt(code - 92)
      case 38 where rest.popFirst() == 5: look.foreground = CInt(rest.popFirst() ?? -1)
      case 48 where rest.popFirst() == 5: look.background = CInt(rest.popFirst() ?? -1)
      default: note("a look of \(code)")
      }
    }
  }
}

extension Int {
  /// Terminals take 0 for 1 where they count.
  fileprivate var clamped: Int { Swift.max(self, 1) }
}
