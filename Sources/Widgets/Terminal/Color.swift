/// How many colours a terminal shows.
public enum ColorDepth: Int, Comparable, Hashable, Sendable {
  case none = 0
  case eight = 8
  case sixteen = 16
  case indexed = 256
  case direct = 16_777_216

  /// What a terminal with so many colours can be given.
  public init(colors: Int) {
    switch colors {
    case ..<8: self = .none
    case ..<16: self = .eight
    case ..<256: self = .sixteen
    case ..<16_777_216: self = .indexed
    default: self = .direct
    }
  }

  public static func < (left: ColorDepth, right: ColorDepth) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// A colour as theme files name it.
public enum Color: Hashable, Sendable {
  /// One of the sixteen that the terminal's user has chosen: 0 black … 7 white, 8 … 15 bright.
  case ansi(UInt8)
  /// One of 256.
  case indexed(UInt8)
  case rgb(red: UInt8, green: UInt8, blue: UInt8)

  /// The names of the sixteen, in their order.
  public static let ansiNames = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "bright-black",
    "bright-red", "bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan",
    "bright-white",
  ]

  /// The fewest colours among which it is.
  public var depth: ColorDepth {
    switch self {
    case .ansi(let number): number < 8 ? .eight : .sixteen
    case .indexed: .indexed
    case .rgb: .direct
    }
  }
}

extension Color {
  /// Which of a list a terminal is given: the first that it can show, else the nearest to the
  /// first.
  public static func best(of choices: [Color], at depth: ColorDepth) -> Color? {
    guard depth > .none, let first = choices.first else { return nil }
    return choices.first { $0.depth <= depth } ?? first.nearest(at: depth)
  }

  /// Its red, green and blue. The terminal's own sixteen are taken as xterm has them.
  public var components: (red: Int, green: Int, blue: Int) {
    switch self {
    case .rgb(let red, let green, let blue): (Int(red), Int(green), Int(blue))
    case .ansi(let number): Self.xterm[Int(number) & 15]
    case .indexed(let number): Self.components(ofIndex: Int(number))
    }
  }

  private func nearest(at depth: ColorDepth) -> Color {
    switch depth {
    case .indexed, .direct: nearest(among: (16...255).map { .indexed(UInt8($0)) })
    case .sixteen: nearest(among: (0...15).map { .ansi(UInt8($0)) })
    case .eight, .none: nearest(among: (0...7).map { .ansi(UInt8($0)) })
    }
  }

  private func nearest(among candidates: [Color]) -> Color {
    candidates.min { distance(to: $0) < distance(to: $1) } ?? self
  }

  private func distance(to other: Color) -> Int {
    let (mine, theirs) = (components, other.components)
    let (red, green, blue) = (
      mine.red - theirs.red, mine.green - theirs.green, mine.blue - theirs.blue
    )
    return red * red + green * green + blue * blue
  }

  private static func components(ofIndex index: Int) -> (red: Int, green: Int, blue: Int) {
    switch index {
    case ..<16: return xterm[max(index, 0)]
    case 16..<232:
      let levels = [0, 95, 135, 175, 215, 255]
      let cube = index - 16
      return (levels[cube / 36], levels[cube / 6 % 6], levels[cube % 6])
    default:
      let gray = 8 + 10 * (min(index, 255) - 232)
      return (gray, gray, gray)
    }
  }

  private static let xterm: [(red: Int, green: Int, blue: Int)] = [
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205),
    (229, 229, 229), (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255),
    (255, 0, 255), (0, 255, 255), (255, 255, 255),
  ]
}
