import FoundationEssentials
import TallyModel

/// How far two quantities may lie apart and still agree.
enum Tolerance {
    /// Returns the part by which the bounds are widened: the watch's own, and the general one where a side is approximate.
    static func part(between a: Quantity, and b: Quantity, approximate: Decimal, own: Decimal?) -> Decimal {
        let isApproximate = a.qualifier == .approx || b.qualifier == .approx
        // "About 61 per cent" is none of 64: shares are told to the point.
        let isShare = UnitOfMeasure.named(a.unit)?.dimension == "share"
        let approximate = isShare && !isFraction(a) && !isFraction(b) ? approximate * 2 / 5 : approximate
        // A converted number was rounded in its own unit: 9,300 pounds are told for 4,212 kg. A ton is one of three.
        let isTon = a.unit == "tonne" || b.unit == "tonne"
        // "A day and a half" is told of 37 hours.
        let isTime = UnitOfMeasure.named(a.unit)?.dimension == "time"
        let isConverted = a.unit != b.unit && UnitOfMeasure.named(a.unit) != nil
        let conversion = !isConverted ? 0 : (isTon ? 10 : isTime ? 5 : 2) / Decimal(100)
        // Lengths and areas are told by eye and by different rulers.
        let isSpread =
            ["area", "length", "volume"].contains(UnitOfMeasure.named(a.unit)?.dimension)
            && ![a, b].allSatisfy { $0.low.map { significantDigits(of: $0) >= measuredDigits } ?? false }
        // Who rounds a converted number errs twice: "nearly four tons" of 9,300 pounds.
        return max(own ?? 0, (isApproximate ? approximate : 0) + conversion, isSpread ? approximate * 2 : 0)
    }

    /// Whether a share is told as a fraction, which ends nowhere in tenths: "two-thirds".
    private static func isFraction(_ quantity: Quantity) -> Bool {
        quantity.low.map { significantDigits(of: $0) > 6 } ?? false
    }

    /// How many digits a length or area has that was measured, and not told by eye.
    private static let measuredDigits = 4

    /// Whether one number is the other, rounded to its leading digits, at most `digits` of them, and at most 5 % away.
    static func isRounding(_ a: Decimal, of b: Decimal, digits: Int = 2) -> Bool {
        rounds(a, to: b, digits) || rounds(b, to: a, digits)
    }

    private static func rounds(_ fine: Decimal, to coarse: Decimal, _ most: Int) -> Bool {
        guard fine != coarse, coarse != 0, (coarse > 0) == (fine > 0) else { return false }
        let coarseDigits = significantDigits(of: coarse)
        guard significantDigits(of: fine) > coarseDigits else { return false }
        guard coarse >= 100 || coarse.exponent < 0 || fine.exponent < 0 else { return false }
        guard coarseDigits <= most || fine.exponent < 0 else { return false }
        let difference = fine > coarse ? fine - coarse : coarse - fine
        let unit = lastPlace(of: coarse)
        return difference * 2 <= unit && difference * 20 <= (coarse < 0 ? -coarse : coarse)
    }

    /// Returns how many digits a number has between its first and its last that is not zero.
    static func significantDigits(of value: Decimal) -> Int { significantDigits(of: "\(value)") }

    /// Returns how many digits the text of a number has between its first and its last that is not zero.
    static func significantDigits(of number: String) -> Int {
        let digits = number.utf8.filter { (0x30...0x39).contains($0) }
        guard let first = digits.firstIndex(where: { $0 != 0x30 }),
            let last = digits.lastIndex(where: { $0 != 0x30 })
        else { return 0 }
        return last - first + 1
    }

    /// Whether a sum of money is the other one, cut off behind its leading digits: $43 million of $43,885,310.
    ///
    /// Only a sum that is told to the last hundred was there to be cut off.
    static func isCut(_ a: Quantity, of b: Quantity) -> Bool {
        guard a.unit == b.unit, a.isMoney, let coarse = a.low, let fine = b.low, a.low == a.high,
            b.low == b.high, coarse < fine
        else { return false }
        return significantDigits(of: coarse) >= 2 && significantDigits(of: fine) >= 5
            && fine - coarse < lastPlace(of: coarse)
    }

    /// Whether either sum of money is the other one, cut off behind its leading digits.
    static func isCut(_ a: Quantity, _ b: Quantity) -> Bool { isCut(a, of: b) || isCut(b, of: a) }

    private static func lastPlace(of value: Decimal) -> Decimal {
        let text = "\(value)"
        if let point = text.firstIndex(of: ".") {
            let places = text.distance(from: point, to: text.endIndex) - 1
            return (0..<places).reduce(Decimal(1)) { place, _ in place / 10 }
        }
        let zeros = text.reversed().prefix { $0 == "0" }.count
        return (0..<zeros).reduce(Decimal(1)) { place, _ in place * 10 }
    }
}

extension Quantity {
    /// Whether it is a sum of money: ISO codes are in no table of measures.
    var isMoney: Bool { unit.utf8.count == 3 && UnitOfMeasure.named(unit) == nil }

    /// How many leading digits a rounding keeps at most: people are counted, all else is measured.
    var roundingDigits: Int { unit == "people" ? 2 : 3 }
}
