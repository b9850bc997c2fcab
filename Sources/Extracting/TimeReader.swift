import FoundationEssentials

/// Reads the dates of a sentence, resolved against the day of publication.
struct TimeReader: Sendable {
    /// A date that a sentence states.
    struct Mention: Hashable, Sendable {
        /// ISO 8601 at the precision stated.
        var text: String
        var year: Int
        var month: Int?
        /// The tokens of the date.
        var tokens: Range<Int>
        /// The word before it, in lower case.
        var link: String
        /// Whether the text names the year.
        var isYearStated = false
    }

    let today: CalendarDay?

    /// Returns every date of a sentence, in order.
    func mentions(in sentence: Sentence) -> [Mention] {
        var mentions: [Mention] = []
        var index = 0
        while index < sentence.tokens.count {
            if var mention = mention(in: sentence, at: index) {
                let clock = clock(in: sentence, around: mention)
                if let clock, mention.text.utf8.count == 10 { mention.text += "T" + clock }
                mentions.append(mention)
                index = mention.tokens.upperBound
            } else {
                index += 1
            }
        }
        return mentions
    }

    /// Returns the time as of which a sentence speaks; `nil` where it states none.
    func asOf(in sentence: Sentence, mentions: [Mention], near index: Int) -> String? {
        for mention in mentions where isAsOf(sentence, before: mention.tokens.lowerBound) {
            return mention.text
        }
        guard let today else { return nil }
        let recent = mentions.filter { mention in
            guard
                ["in", "late", "early", "mid", "by", "until", "end", "through"].contains(mention.link)
            else { return false }
            let month = mention.month ?? 12
            return (today.year - mention.year) * 12 + today.month - month <= 6
        }
        return recent.min { abs($0.tokens.lowerBound - index) < abs($1.tokens.lowerBound - index) }?.text
    }
}

private extension TimeReader {
    func isAsOf(_ sentence: Sentence, before index: Int) -> Bool {
        var position = index - 1
        var steps = 0
        while steps < 7, position > 0 {
            if sentence.lower(position) == "of", sentence.lower(position - 1) == "as" { return true }
            position -= 1
            steps += 1
        }
        return false
    }

    func mention(in sentence: Sentence, at index: Int) -> Mention? {
        let token = sentence.tokens[index]
        if let month = month(sentence, index) { return monthFirst(sentence, at: index, month: month) }
        if token.isNumber, let day = Int(token.text), day >= 1, day <= 31 {
            var next = index + 1
            if ["st", "nd", "rd", "th"].contains(sentence.lower(next)), sentence.isGlued(next) { next += 1 }
            if sentence.lower(next) == "of" { next += 1 }
            if let month = month(sentence, next) {
                return make(sentence, index, next + 1, day: day, month: month)
            }
        }
        if let weekday = Words.weekdays[token.lower], token.isCapitalised, let today {
            let day = today.last(weekday: weekday)
            return Mention(
                text: day.text,
                year: day.year,
                month: day.month,
                tokens: index..<(index + 1),
                link: sentence.lower(index - 1)
            )
        }
        if token.isNumber, token.text.utf8.count == 4, let year = Int(token.text), year >= 1900, year <= 2100,
            ["in", "since", "of", "from", "the", "until", "by", "during", "late", "early", "mid", "("]
                .contains(sentence.lower(index - 1))
        {
            return Mention(
                text: token.text,
                year: year,
                month: nil,
                tokens: index..<(index + 1),
                link: sentence.lower(index - 1),
                isYearStated: true
            )
        }
        if let today, token.lower == "today" || token.lower == "yesterday" {
            let day = token.lower == "today" ? today : CalendarDay(number: today.number - 1)
            return Mention(
                text: day.text,
                year: day.year,
                month: day.month,
                tokens: index..<(index + 1),
                link: ""
            )
        }
        if let today, token.lower == "last", sentence.lower(index + 1) == "year" {
            return Mention(
                text: "\(today.year - 1)",
                year: today.year - 1,
                month: nil,
                tokens: index..<(index + 2),
                link: "last"
            )
        }
        return nil
    }

    func month(_ sentence: Sentence, _ index: Int) -> Int? {
        guard let token = sentence.token(index), token.isCapitalised, let month = Words.months[token.lower]
        else { return nil }
        if token.lower == "may" || token.lower == "march" || token.lower == "mar" {
            let before = sentence.token(index - 1)
            let after = sentence.token(index + 1)
            guard
                before?.isNumber ?? false || after?.isNumber ?? false
                    || ["in", "of", "since", "late", "early", "by", "until", "mid", "last", "from"].contains(
                        sentence.lower(index - 1)
                    )
            else { return nil }
        }
        return month
    }

    func monthFirst(_ sentence: Sentence, at index: Int, month: Int) -> Mention? {
        var next = index + 1
        if sentence.lower(next) == ".", sentence.isGlued(next) { next += 1 }
        if let token = sentence.token(next), token.isNumber, let day = Int(token.text), day >= 1, day <= 31 {
            var end = next + 1
            if ["st", "nd", "rd", "th"].contains(sentence.lower(end)), sentence.isGlued(end) { end += 1 }
            if sentence.lower(end) == ",", let year = year(sentence, end + 1) {
                return make(sentence, index, end + 2, day: day, month: month, year: year)
            }
            return make(sentence, index, end, day: day, month: month)
        }
        return make(sentence, index, next, day: nil, month: month)
    }

    func year(_ sentence: Sentence, _ index: Int) -> Int? {
        guard let token = sentence.token(index), token.isNumber, token.text.utf8.count == 4,
            let year = Int(token.text), year >= 1900,
            year <= 2100
        else { return nil }
        return year
    }

    /// A date without a year is the last one before the day of publication, or one within the next month.
    func make(
        _ sentence: Sentence,
        _ start: Int,
        _ end: Int,
        day: Int?,
        month: Int,
        year stated: Int? = nil
    ) -> Mention? {
        var end = end
        var year = stated
        if year == nil, let found = self.year(sentence, end) {
            year = found
            end += 1
        } else if year == nil, sentence.lower(end) == ",", let found = self.year(sentence, end + 1) {
            year = found
            end += 2
        }
        if year == nil, let today {
            let isAhead = month > today.month + 1 || (month == today.month + 1 && (day ?? 1) > today.day)
            year = isAhead ? today.year - 1 : today.year
        }
        let isStated = year != nil && (stated != nil || self.year(sentence, end - 1) != nil)
        guard let year else { return nil }
        var text = "\(CalendarDay.digits(year, 4))-\(CalendarDay.digits(month, 2))"
        if let day { text += "-\(CalendarDay.digits(day, 2))" }
        return Mention(
            text: text,
            year: year,
            month: month,
            tokens: start..<end,
            link: sentence.lower(start - 1),
            isYearStated: isStated
        )
    }

    /// "as of 08:00 on 13 February", "as of noon on 4 March", "14 August, 08:00".
    func clock(in sentence: Sentence, around mention: Mention) -> String? {
        let first = mention.tokens.lowerBound
        for index in stride(from: first - 1, through: max(0, first - 6), by: -1) {
            if let time = clock(in: sentence, at: index) { return time }
        }
        for index in mention.tokens.upperBound..<min(mention.tokens.upperBound + 3, sentence.tokens.count) {
            if let time = clock(in: sentence, at: index) { return time }
        }
        return nil
    }

    func clock(in sentence: Sentence, at index: Int) -> String? {
        guard let token = sentence.token(index) else { return nil }
        if token.lower == "noon" || token.lower == "midday" { return "12:00" }
        if token.lower == "midnight" { return "00:00" }
        guard token.isNumber, let hour = Int(token.text), hour < 24 else {
            guard token.isNumber, token.text.contains("."),
                ["a.m.", "p.m.", "am", "pm"].contains(sentence.lower(index + 1))
            else { return nil }
            let parts = token.text.split(separator: ".").compactMap { Int($0) }
            guard parts.count == 2, parts[0] <= 12, parts[1] < 60 else { return nil }
            return Self.time(parts[0], parts[1], half: sentence.lower(index + 1))
        }
        if sentence.lower(index + 1) == ":", sentence.isGlued(index + 1),
            let minute = sentence.token(index + 2), minute.isNumber,
            let value = Int(minute.text), value < 60
        {
            return Self.time(hour, value, half: sentence.lower(index + 3))
        }
        guard ["a.m.", "p.m.", "am", "pm"].contains(sentence.lower(index + 1)), hour <= 12 else { return nil }
        return Self.time(hour, 0, half: sentence.lower(index + 1))
    }

    static func time(_ hour: Int, _ minute: Int, half: String) -> String {
        var hour = hour
        if half.hasPrefix("p"), hour < 12 { hour += 12 }
        if half == "am" || half == "a.m.", hour == 12 { hour = 0 }
        return "\(CalendarDay.digits(hour, 2)):\(CalendarDay.digits(minute, 2))"
    }
}
