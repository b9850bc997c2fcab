import FoundationEssentials

/// Dates as feeds and pages write them; what names no zone is UTC, and no machine's locale or zone is asked.
///
/// RFC 822 (<https://www.rfc-editor.org/rfc/rfc822#section-5>), RFC 3339, ISO 8601 in its other forms, and their
/// common misspellings.
enum DateText {
    /// A point in time, and the zone that it was written in.
    struct Moment: Equatable, Sendable {
        let date: Date
        /// Minutes east of UTC; `nil` where the text names no zone.
        let zone: Int?
    }

    /// Returns the date of a text; `nil` where it cannot be understood.
    static func date(from text: String) -> Date? {
        if let seconds = DateBytes.seconds(of: text) { return Date(timeIntervalSince1970: seconds) }
        return moment(from: text)?.date
    }

    /// Returns the date of a text with its zone; `nil` where it cannot be understood.
    static func moment(from text: String) -> Moment? {
        let fields = text.trimmed
        guard fields.utf8.count >= 4, fields.utf8.count <= 80 else { return nil }
        return numeric(fields) ?? dotted(fields) ?? eastAsian(fields) ?? named(fields)
    }

    static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    /// How the months begin in the other languages that feeds are written in, where they begin otherwise than in
    /// English: German, French, Spanish, Italian, Portuguese, Dutch, Russian.
    private static let otherMonths: [(stem: String, month: Int)] = [
        ("ene", 1), ("gen", 1), ("fév", 2), ("fev", 2), ("mär", 3), ("mrt", 3), ("maa", 3), ("avr", 4),
        ("abr", 4),
        ("mai", 5), ("mag", 5), ("mei", 5), ("juin", 6), ("giu", 6), ("juil", 7), ("lug", 7), ("aoû", 8),
        ("aou", 8),
        ("ago", 8), ("set", 9), ("okt", 10), ("ott", 10), ("out", 10), ("dez", 12), ("déc", 12), ("dic", 12),
        ("янв", 1), ("фев", 2), ("мар", 3), ("апр", 4), ("мая", 5), ("май", 5), ("июн", 6), ("июл", 7),
        ("авг", 8),
        ("сен", 9), ("окт", 10), ("ноя", 11), ("дек", 12),
    ]

    /// Minutes east of UTC.
    ///
    /// RFC 822 section 5.1, and the zones that news sites write.
    private static let zones = [
        "adt": -180, "aedt": 660, "aest": 600, "akdt": -480, "akst": -540, "ast": -240, "bst": 60,
        "cdt": -300,
        "cest": 120, "cet": 60, "cst": -360, "edt": -240, "eest": 180, "eet": 120, "est": -300, "gmt": 0,
        "hst": -600, "ist": 330, "jst": 540, "kst": 540, "mdt": -360, "msk": 180, "mst": -420, "nzdt": 780,
        "nzst": 720, "pdt": -420, "pst": -480, "sgt": 480, "ut": 0, "utc": 0, "west": 60, "wet": 0, "z": 0,
    ]
}

extension DateText {
    /// `2026-02-12T06:10:00+01:00`, what is left of it when parts are missing, and its forms by weeks and by days of
    /// the year.
    private static func numeric(_ text: String) -> Moment? {
        let head = text.prefix { $0.isASCII && ($0.isNumber || $0 == "-" || $0 == "/") }
        var rest = text[head.endIndex...]
        if rest.first == "W", head.count == 5, head.last == "-", let year = Int(head.dropLast()) {
            return week(of: year, rest.dropFirst())
        }
        let parts = head.split(whereSeparator: { $0 == "-" || $0 == "/" })
        guard let first = parts.first, let number = Int(first) else { return nil }
        var (year, month, day) = (number, 1, 1)
        switch (parts.count, first.count) {
        case (3, 4):
            guard let second = Int(parts[1]), let third = Int(parts[2]) else { return nil }
            (month, day) = (second, third)
        case (3, 1...2) where parts[2].count == 4:
            // Day and month stand in either order: only a number above 12 tells.
            guard let second = Int(parts[1]), let third = Int(parts[2]), (number > 12) != (second > 12) else {
                return nil
            }
            (year, month, day) = number > 12 ? (third, second, number) : (third, number, second)
        case (2, 4):
            guard let second = Int(parts[1]) else { return nil }
            if parts[1].count == 3 { return ordinal(year, second, rest) }
            month = second
        case (1, 8): (year, month, day) = (number / 10000, number / 100 % 100, number % 100)
        case (1, 14) where rest.isEmpty:
            let clock = String(first.suffix(6))
            return date(
                year: number / 10_000_000_000,
                month: number / 100_000_000 % 100,
                day: number / 1_000_000 % 100,
                timeAndZone: "\(clock.prefix(2)):\(clock.dropFirst(2).prefix(2)):\(clock.suffix(2))"
            )
        // Seconds or milliseconds since 1970, from 2001 to 2286.
        case (1, 10) where rest.isEmpty:
            return Moment(date: Date(timeIntervalSince1970: Double(number)), zone: 0)
        case (1, 13) where rest.isEmpty:
            return Moment(date: Date(timeIntervalSince1970: Double(number) / 1000), zone: 0)
        case (1, 4) where rest.isEmpty: break
        default: return nil
        }
        if let separator = rest.first, "Tt _,".contains(separator) { rest = rest.dropFirst() }
        return date(year: year, month: month, day: day, timeAndZone: String(rest))
    }

    /// The rest of `2026-W07-4T06:10:00Z`: week 1 has the year's first Thursday (ISO 8601 §4.3.2.2).
    private static func week(of year: Int, _ text: Substring) -> Moment? {
        let fields = text.prefix { $0.isASCII && ($0.isNumber || $0 == "-") }
        let parts = fields.split(separator: "-")
        guard let week = parts.first.flatMap({ Int($0) }), (1...53).contains(week) else { return nil }
        let weekday = parts.count > 1 ? Int(parts[1]) ?? 0 : 1
        guard (1...7).contains(weekday), (1900...2200).contains(year) else { return nil }
        let fourth = daysSince1970(year: year, month: 1, day: 4)
        let monday = fourth - (fourth + 3) % 7
        return date(days: monday + (week - 1) * 7 + weekday - 1, timeAndZone: rest(text[fields.endIndex...]))
    }

    private static func ordinal(_ year: Int, _ day: Int, _ text: Substring) -> Moment? {
        guard (1900...2200).contains(year), (1...366).contains(day) else { return nil }
        let days = daysSince1970(year: year, month: 1, day: 1) + day - 1
        return date(days: days, timeAndZone: rest(text))
    }

    private static func rest(_ text: Substring) -> String {
        String(text.drop { $0 == "T" || $0 == "t" || $0 == " " })
    }

    /// `12.02.2026 06:10`, the order of day and month that goes with dots, and `2026.02.12`.
    private static func dotted(_ text: String) -> Moment? {
        let head = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let parts = head.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let first = Int(parts[0]), let month = Int(parts[1]), let last = Int(parts[2])
        else { return nil }
        let clock = String(text[head.endIndex...].drop { $0 == "," || $0 == " " })
        if parts[0].count == 4 { return date(year: first, month: month, day: last, timeAndZone: clock) }
        guard parts[2].count == 4 else { return nil }
        return date(year: last, month: month, day: first, timeAndZone: clock)
    }

    /// `2026年2月12日 06:10` and `2026년 2월 12일`.
    private static func eastAsian(_ text: String) -> Moment? {
        var rest = text[...]
        var numbers: [Int] = []
        for marks in [["年", "년"], ["月", "월"], ["日", "일", "号"]] as [[Character]] {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest[digits.endIndex...]
            guard let number = Int(digits), let mark = rest.first, marks.contains(mark) else { return nil }
            numbers.append(number)
            rest = rest.dropFirst().drop { $0 == " " }
        }
        return date(year: numbers[0], month: numbers[1], day: numbers[2], timeAndZone: String(rest))
    }

    /// `Thu, 12 Feb 2026 06:10:00 +0100`, in either order of day and month.
    private static func named(_ text: String) -> Moment? {
        var parts: [Substring] = []
        for word in text.lowercased().split(whereSeparator: { $0 == "," || $0.isWhitespace })
        where word != "de" {
            let dashed = word.split(separator: "-")
            // RFC 850: 12-Feb-26.
            if dashed.count == 3, month(dashed[1]) != nil { parts += dashed } else { parts.append(word) }
        }
        guard let place = parts.firstIndex(where: { month($0) != nil && !isWeekday($0) }),
            let month = month(parts[place])
        else { return nil }
        var numbers: [Int] = []
        var used: Set<Int> = [place]
        for index in [place - 1, place + 1, place + 2]
        where parts.indices.contains(index) && numbers.count < 2 {
            let digits = parts[index].prefix { $0.isASCII && $0.isNumber }
            guard let number = Int(digits), digits.count <= 4, !parts[index].contains(":") else { continue }
            numbers.append(number)
            used.insert(index)
        }
        var day = numbers.first ?? 1
        var year = numbers.count > 1 ? numbers[1] : 0
        if numbers.count < 2 {
            // `Thu Feb 12 06:10:00 UTC 2026`: the year stands last.
            guard let last = parts.indices.last(where: { parts[$0].count == 4 && Int(parts[$0]) != nil })
            else { return nil }
            year = Int(parts[last]) ?? 0
            used.insert(last)
            if numbers.first == year { day = 1 }
        }
        if day > 31 { (day, year) = (year, day) }
        if year < 100 { year += year < 70 ? 2000 : 1900 }
        let rest = parts.indices.filter { $0 > place && !used.contains($0) && parts[$0] != "at" }.map {
            parts[$0]
        }
        return date(year: year, month: month, day: day, timeAndZone: rest.joined(separator: " "))
    }

    /// The month that a word in lower case begins, 1 to 12.
    private static func month(_ word: Substring) -> Int? {
        guard word.first?.isLetter == true else { return nil }
        if let place = months.firstIndex(of: String(word.prefix(3))) { return place + 1 }
        return otherMonths.first { word.hasPrefix($0.stem) }?.month
    }

    /// Monday is no month, though it may begin like one.
    private static func isWeekday(_ word: Substring) -> Bool {
        ["mon", "sun", "sat"].contains(word.prefix(3)) || word.hasPrefix("mart")
    }
}

extension DateText {
    private static func date(year: Int, month: Int, day: Int, timeAndZone: String) -> Moment? {
        guard isDay(year, month, day) else { return nil }
        return date(days: daysSince1970(year: year, month: month, day: day), timeAndZone: timeAndZone)
    }

    private static func date(days: Int, timeAndZone: String) -> Moment? {
        let text = timeAndZone.lowercased().trimmed
        let clock = text.prefix { $0.isASCII && $0.isNumber || $0 == ":" || $0 == "." || $0 == "," }
        let fields = clock.split { $0 == ":" || $0 == "," || $0 == "." }
        var hour = fields.first.flatMap { Int($0) } ?? 0
        var minute = fields.count > 1 ? Int(fields[1]) ?? 0 : 0
        var second = fields.count > 2 ? Int(fields[2]) ?? 0 : 0
        if fields.count == 1, clock.count >= 4 {
            (hour, minute, second) = (Int(clock.prefix(2)) ?? 0, Int(clock.dropFirst(2).prefix(2)) ?? 0, 0)
            second = Int(clock.dropFirst(4).prefix(2)) ?? 0
        }
        guard (0...24).contains(hour), (0..<60).contains(minute), (0...60).contains(second) else {
            return nil
        }
        var fraction = 0.0
        if fields.count > 3 { fraction = Double("0." + fields[3].prefix(9)) ?? 0 }
        var zone = text[clock.endIndex...].drop { $0 == " " }
        for half in ["am", "pm", "a.m.", "p.m."] where zone.hasPrefix(half) {
            hour = hour % 12 + (half.first == "p" ? 12 : 0)
            zone = zone.dropFirst(half.count).drop { $0 == " " }
            break
        }
        let seconds = days * 86400 + hour * 3600 + minute * 60 + second
        let minutes = minutes(ofZone: zone)
        return Moment(
            date: Date(timeIntervalSince1970: Double(seconds - (minutes ?? 0) * 60) + fraction),
            zone: minutes
        )
    }

    private static func minutes(ofZone zone: Substring) -> Int? {
        var text = zone.filter { $0 != "(" && $0 != ")" }[...]
        if text.hasPrefix("etc/") { text = text.dropFirst(4) }
        if text.hasPrefix("gmt") || text.hasPrefix("utc") {
            let rest = text.dropFirst(3)
            if rest.first == "+" || rest.first == "-" { text = rest }
        }
        guard let sign = text.first, sign == "+" || sign == "-" || sign == "\u{2212}" else {
            return zones[String(text.prefix { $0.isLetter })]
        }
        let digits = text.dropFirst().prefix { $0.isASCII && $0.isNumber || $0 == ":" }.filter { $0 != ":" }
        guard digits.count <= 4, let value = Int(digits) else { return nil }
        let minutes = digits.count <= 2 ? value * 60 : value / 100 * 60 + value % 100
        return sign == "+" ? minutes : -minutes
    }

    /// Whether a day is one of the calendar, between 1900 and 2200.
    static func isDay(_ year: Int, _ month: Int, _ day: Int) -> Bool {
        guard (1900...2200).contains(year), (1...12).contains(month), day >= 1 else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return day <= lengths[month - 1]
    }

    /// Days of the civil calendar (<https://howardhinnant.github.io/date_algorithms.html#days_from_civil>).
    static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = year / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
