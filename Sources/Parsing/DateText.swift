import FoundationEssentials

/// Dates as feeds and pages write them; what names no zone is UTC, and no machine's locale or zone is asked.
///
/// RFC 822 (<https://www.rfc-editor.org/rfc/rfc822#section-5>), RFC 3339 and their common misspellings.
enum DateText {
    /// Returns the date of a text; `nil` where it cannot be understood.
    static func date(from text: String) -> Date? {
        if let seconds = DateBytes.seconds(of: text) { return Date(timeIntervalSince1970: seconds) }
        let fields = text.trimmed
        guard fields.utf8.count >= 4, fields.utf8.count <= 80 else { return nil }
        return numeric(fields) ?? named(fields)
    }

    static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

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
    /// `2026-02-12T06:10:00+01:00` and what is left of it when parts are missing.
    private static func numeric(_ text: String) -> Date? {
        let head = text.prefix { $0.isASCII && ($0.isNumber || $0 == "-" || $0 == "/") }
        let digits = head.split(whereSeparator: { $0 == "-" || $0 == "/" })
        var rest = text[head.endIndex...]
        var day = 1
        var month = 1
        guard let year = digits.first.flatMap({ Int($0) }) else { return nil }
        var wholeYear = year
        switch digits.count {
        case 3:
            guard digits[0].count == 4, let second = Int(digits[1]), let third = Int(digits[2]) else {
                return nil
            }
            (month, day) = (second, third)
        case 2 where digits[0].count == 4:
            guard let second = Int(digits[1]) else { return nil }
            month = second
        case 1 where digits[0].count == 8:
            (wholeYear, month, day) = (year / 10000, year / 100 % 100, year % 100)
        case 1 where digits[0].count == 4 && rest.isEmpty: break
        default: return nil
        }
        if rest.first == "T" || rest.first == "t" || rest.first == " " || rest.first == "_" {
            rest = rest.dropFirst()
        }
        return date(year: wholeYear, month: month, day: day, timeAndZone: String(rest))
    }

    /// `Thu, 12 Feb 2026 06:10:00 +0100`, in either order of day and month.
    private static func named(_ text: String) -> Date? {
        let words = text.lowercased().split {
            $0 == " " || $0 == "," || $0 == "\t" || $0 == "\n" || $0 == "-" && false
        }
        var parts: [Substring] = []
        for word in words {
            let dashed = word.split(separator: "-")
            // RFC 850: 12-Feb-26.
            if dashed.count == 3, months.contains(String(dashed[1].prefix(3))) {
                parts += dashed
            } else {
                parts.append(word)
            }
        }
        guard
            let place = parts.firstIndex(where: { word in
                word.first?.isLetter == true && months.contains(String(word.prefix(3)))
                    && !["mon", "sun", "sat"].contains(word.prefix(3))
            }),
            let month = months.firstIndex(of: String(parts[place].prefix(3)))
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
        let rest = parts.indices.filter { $0 > place && !used.contains($0) }.map { parts[$0] }.joined(
            separator: " "
        )
        return date(year: year, month: month + 1, day: day, timeAndZone: rest)
    }

    private static func date(year: Int, month: Int, day: Int, timeAndZone: String) -> Date? {
        guard (1...12).contains(month), (1...31).contains(day), (1900...2200).contains(year) else {
            return nil
        }
        let text = timeAndZone.lowercased().replacing("at ", with: "").trimmed
        let clock = text.prefix { $0.isNumber || $0 == ":" || $0 == "." || $0 == "," }
        let fields = clock.split { $0 == ":" || $0 == "," || $0 == "." }
        var hour = fields.first.flatMap { Int($0) } ?? 0
        var minute = fields.count > 1 ? Int(fields[1]) ?? 0 : 0
        var second = fields.count > 2 ? Int(fields[2]) ?? 0 : 0
        if fields.count == 1, clock.count >= 4 {
            (hour, minute, second) = (Int(clock.prefix(2)) ?? 0, Int(clock.dropFirst(2).prefix(2)) ?? 0, 0)
        }
        guard hour <= 24, minute < 60, second <= 60 else { return nil }
        var fraction = 0.0
        if fields.count > 3 { fraction = Double("0." + fields[3]) ?? 0 }
        var zone = text[clock.endIndex...].drop { $0 == " " }
        if zone.hasPrefix("am") || zone.hasPrefix("pm") {
            hour = hour % 12 + (zone.hasPrefix("pm") ? 12 : 0)
            zone = zone.dropFirst(2).drop { $0 == " " }
        }
        let days = daysSince1970(year: year, month: month, day: day)
        let seconds = days * 86400 + hour * 3600 + minute * 60 + second - minutes(ofZone: zone) * 60
        return Date(timeIntervalSince1970: Double(seconds) + fraction)
    }

    private static func minutes(ofZone zone: Substring) -> Int {
        var text = zone.filter { $0 != "(" && $0 != ")" }[...]
        if text.hasPrefix("gmt") || text.hasPrefix("utc") {
            let rest = text.dropFirst(3)
            if rest.first == "+" || rest.first == "-" { text = rest }
        }
        guard let sign = text.first, sign == "+" || sign == "-" || sign == "\u{2212}" else {
            return zones[String(text.prefix { $0.isLetter })] ?? 0
        }
        let digits = text.dropFirst().prefix { $0.isNumber || $0 == ":" }.filter { $0 != ":" }
        guard let value = Int(digits) else { return 0 }
        let minutes = digits.count <= 2 ? value * 60 : value / 100 * 60 + value % 100
        return sign == "+" ? minutes : -minutes
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
