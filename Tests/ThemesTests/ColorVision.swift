import Foundation
import Themes
import Widgets

extension LinearColor {
  /// CIE 1976's colour difference, ΔE*ab, under D65.
  func distance(to other: LinearColor) -> Double {
    let (one, two) = (lab, other.lab)
    return zip(one, two).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }

  private var lab: [Double] {
    func scaled(_ share: Double) -> Double {
      share > 0.008_856 ? cbrt(share) : 7.787 * share + 16 / 116
    }
    let x = scaled((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.950_47)
    let y = scaled(luminance)
    let z = scaled((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.088_83)
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
  }
}

/// How colours are seen: the matrices of Machado, Oliveira and Fernandes (2009) at full severity.
enum Vision: CaseIterable {
  case usual
  case protanopia
  case deuteranopia
  case tritanopia

  func seen(_ color: Color) -> LinearColor {
    let linear = LinearColor(color)
    let parts = [linear.red, linear.green, linear.blue]
    let seen = matrix.map { row in zip(row, parts).reduce(0) { $0 + $1.0 * $1.1 } }
    return LinearColor(red: seen[0], green: seen[1], blue: seen[2])
  }

  private var matrix: [[Double]] {
    switch self {
    case .usual: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    case .protanopia:
      [
        [0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216],
        [-0.003_882, -0.048_116, 1.051_998],
      ]
    case .deuteranopia:
      [
        [0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413],
        [-0.011_820, 0.042_940, 0.968_881],
      ]
    case .tritanopia:
      [
        [1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602],
        [0.004_733, 0.691_367, 0.303_900],
      ]
    }
  }
}
