import FoundationEssentials

/// A number in words while it is read word by word.
struct SpelledNumber {
    /// The index behind the last word taken.
    var end: Int
    /// Whether no word may follow.
    private(set) var isComplete = false
    /// Whether a number has begun.
    private(set) var hasAny = false
    /// The groups that a scale has closed.
    private var total: Decimal = 0
    /// What stands behind the last scale.
    private var group: Decimal?
    /// What the last scale closed, for "three thousand million".
    private var closed: Decimal = 0
    private var lastScale: Decimal?
    /// The last words below a hundred, for "three hundred and two dozen".
    private var small: Decimal = 0
    private var takesSmall = true
    private var begin: Int
    /// Where the number ends if what follows turns out to be another one.
    private var safe: (end: Int, value: Decimal)?

    /// Begins at a number word, at "a" before a scale, or at a scale; `nil` where no number begins.
    init?(in sentence: Sentence, at index: Int) {
        begin = index
        end = index
        let word = sentence.lower(index)
        if word == "a" || word == "an" {
            guard NumberWords.scales[sentence.lower(index + 1)] != nil else { return nil }
            group = 1
            hasAny = true
            takesSmall = false
            end = index + 1
        } else if let scale = NumberWords.scales[word] {
            // "dozen men", "hundred thousand"
            let next = sentence.lower(index + 1)
            guard scale == 12 && !word.hasSuffix("s") || NumberWords.scales[next] != nil, !word.hasSuffix("s")
            else { return nil }
            group = 1
            hasAny = true
            takesSmall = false
        } else if let value = NumberWords.small[word] {
            // "nineteen eighty-four" is a year.
            let next = NumberWords.small[sentence.lower(index + 1)] ?? 0
            if value >= 15, value <= 20, next >= 10 { return nil }
        } else {
            return nil
        }
    }
}

extension SpelledNumber {
    /// Takes a word below a hundred, with the units behind its tens.
    mutating func take(_ value: Int, in sentence: Sentence) -> Bool {
        guard takesSmall else { return false }
        var amount = value
        var position = end + 1
        if value >= 20, let unit = Self.unit(in: sentence, at: position) {
            amount += unit.value
            position = unit.end
        } else if !hasAny, value > 0, value < 10, let tens = NumberWords.small[sentence.lower(position)],
            tens >= 20, let unit = Self.unit(in: sentence, at: position + 1)
        {
            // "one twenty-two"
            amount = value * 100 + tens + unit.value
            position = unit.end
        }
        small = Decimal(amount)
        group = (group ?? 0) + small
        hasAny = true
        takesSmall = false
        end = position
        return true
    }

    /// Takes a word of scale.
    mutating func multiply(by scale: Decimal) -> Bool {
        guard hasAny else { return false }
        guard let group else {
            // "three thousand million", "three lakh crore"
            guard closed != 0 else { return false }
            total += closed * (scale - 1)
            closed *= scale
            lastScale = (lastScale ?? 1) * scale
            end += 1
            return true
        }
        if scale < 100 {
            // "three hundred and two dozen", "two hundred dozen"
            self.group = group > small && small > 0 ? group - small + small * scale : group * scale
            isComplete = true
        } else if scale == 100 {
            guard group < 100 else { return fallBack() }
            self.group = group * 100
            small = 0
            takesSmall = true
        } else {
            if let lastScale, scale >= lastScale { return fallBack() }
            closed = group * scale
            total += closed
            self.group = nil
            lastScale = scale
            small = 0
            takesSmall = true
        }
        end += 1
        return true
    }

    /// Takes "point zero three" and "point seventy-one".
    mutating func takeDecimals(in sentence: Sentence) -> Bool {
        guard hasAny, let group else { return false }
        var position = end + 1
        var exponent = 0
        var digits = 0
        while let value = NumberWords.small[sentence.lower(position)], exponent > -9 {
            if value >= 10 {
                guard exponent == 0 else { break }
                let unit = value >= 20 ? Self.unit(in: sentence, at: position + 1) : nil
                digits = value + (unit?.value ?? 0)
                exponent = -2
                position = unit?.end ?? position + 1
                break
            }
            digits = digits * 10 + value
            exponent -= 1
            position += 1
        }
        guard exponent < 0 else { return false }
        self.group = group + Decimal(sign: .plus, exponent: exponent, significand: Decimal(digits))
        takesSmall = false
        end = position
        return true
    }

    /// Takes "and a half": of what the last scale closed, else of one.
    mutating func take(part: Decimal, end: Int, in sentence: Sentence) {
        self.end = end
        takesSmall = false
        let next = NumberWords.scales[sentence.lower(end)]
        if let group {
            self.group = group + part
            isComplete = next == nil
        } else if let next {
            total += part * next
            self.end = end + 1
            isComplete = true
        } else {
            total += part * (lastScale ?? 1)
            isComplete = true
        }
    }

    /// Takes "and" where the number goes on behind it.
    mutating func takeAnd(in sentence: Sentence) -> Bool {
        guard hasAny, let next = NumberWords.small[sentence.lower(end + 1)], next > 0 else { return false }
        if let group {
            if group == small, group >= 20, group < 100, group.isMultipleOfTen, next < 10 {
                // "twenty and three", as it was said; two numbers where a list or a pair is due.
                guard !Self.pairing.contains(sentence.lower(begin - 1)),
                    NumberWords.scales[sentence.lower(end + 2)] == nil
                else { return false }
                self.group = group + Decimal(next)
                takesSmall = false
                end += 2
                return true
            }
            guard takesSmall, small == 0 else { return false }
        }
        safe = (end, value)
        end += 1
        return true
    }

    /// Returns the reading; `nil` where the words are the beginning of an ordinal ("twenty-first").
    func reading(in sentence: Sentence) -> NumberReading? {
        guard hasAny else { return nil }
        let isHyphened = sentence.lower(end) == "-" && sentence.isGlued(end) && sentence.isGlued(end + 1)
        let next = sentence.lower(isHyphened ? end + 1 : end)
        if let last = NumberWords.ordinalValues[next], last < 10, group == small, small.isMultipleOfTen,
            isHyphened || next != "second"
        {
            return nil
        }
        let isHundred = lastScale == nil && (group ?? 0) >= 100
        return .value(value, end: end, form: .words, scale: lastScale ?? (isHundred ? 100 : nil))
    }

    /// Returns the reading with the ordinal behind it; `nil` where none follows.
    func ordinal(in sentence: Sentence) -> NumberReading? {
        guard hasAny else { return nil }
        let position = ["-", "and"].contains(sentence.lower(end)) ? end + 1 : end
        guard let last = NumberWords.ordinalValues[sentence.lower(position)] else { return nil }
        let value = last >= 100 ? value * last : value + last
        return .value(value, end: position + 1, form: .words)
    }
}

private extension SpelledNumber {
    var value: Decimal { total + (group ?? 0) }

    /// Ends before the "and" that turned out to part two numbers.
    mutating func fallBack() -> Bool {
        guard let safe else { return false }
        end = safe.end
        total = safe.value
        group = nil
        isComplete = true
        return true
    }

    /// "-seven", "- two", "two" behind tens.
    static func unit(in sentence: Sentence, at index: Int) -> (value: Int, end: Int)? {
        let position = sentence.lower(index) == "-" ? index + 1 : index
        guard let value = NumberWords.small[sentence.lower(position)], value > 0, value < 10 else {
            return nil
        }
        return (value, position + 1)
    }

    /// Words before two numbers that "and" parts.
    static let pairing: Set<String> = ["aged", "ages", "between", "both", "of"]
}

private extension Decimal {
    var isMultipleOfTen: Bool { [20, 30, 40, 50, 60, 70, 80, 90].contains(self) }
}
