import FoundationEssentials
import TallyModel

/// A closed interval of numbers in the base unit of its dimension, open where a bound is missing.
struct Interval: Hashable {
    /// The lower bound; `nil` is open.
    let low: Decimal?
    /// The upper bound; `nil` is open.
    let high: Decimal?

    /// Creates an interval from its bounds.
    init(low: Decimal?, high: Decimal?) {
        self.low = low
        self.high = high
    }

    /// Creates the interval of a quantity in the base unit of its dimension, so that units do not matter.
    init(_ quantity: Quantity) {
        let unit = UnitOfMeasure.named(quantity.unit)
        low = quantity.low.map { unit?.baseValue(of: $0) ?? $0 }
        high = quantity.high.map { unit?.baseValue(of: $0) ?? $0 }
    }

    /// The middle of the interval, or its one bound; 0 where there is none.
    var centre: Decimal {
        guard let low, let high else { return low ?? high ?? 0 }
        // Most are one number, and a division takes longer than all else that is asked of it.
        return low == high ? low : (low + high) / 2
    }

    /// Whether it is one number.
    var isPoint: Bool { low != nil && low == high }

    /// Returns the interval widened on both sides by a part of its bounds.
    func widened(by part: Decimal) -> Interval {
        Interval(
            low: low.map { $0 - magnitude(of: $0) * part },
            high: high.map { $0 + magnitude(of: $0) * part }
        )
    }

    /// Whether a number lies in both.
    func overlaps(_ other: Interval) -> Bool { !isAbove(other) && !other.isAbove(self) }

    /// Whether every number of it is above every number of the other.
    func isAbove(_ other: Interval) -> Bool {
        guard let low, let high = other.high else { return false }
        return low > high
    }

    /// Whether it lies within the other and is not the same.
    func isNarrower(than other: Interval) -> Bool {
        guard self != other else { return false }
        let lowFits = other.low.map { bound in low.map { $0 >= bound } ?? false } ?? true
        let highFits = other.high.map { bound in high.map { $0 <= bound } ?? false } ?? true
        return lowFits && highFits
    }

    /// Returns how far apart the two are, as a part of the larger; 0 where they overlap.
    func distance(to other: Interval) -> Decimal {
        guard !overlaps(other) else { return 0 }
        let (lower, upper) = isAbove(other) ? (other, self) : (self, other)
        guard let top = lower.high, let bottom = upper.low else { return 0 }
        let scale = max(magnitude(of: top), magnitude(of: bottom))
        return scale == 0 ? 0 : (bottom - top) / scale
    }
}

private func magnitude(of value: Decimal) -> Decimal { value < 0 ? -value : value }
