/// Reads the two forms that nearly all dates of feeds have, without looking for any other.
enum DateBytes {
    /// Returns the seconds since 1970 of `Thu, 12 Feb 2026 06:10:00 +0100` or `2026-02-12T06:10:00+01:00`; `nil` for
    /// whatever is not exactly of one of these forms.
    static func seconds(of text: String) -> Double? {
        var text = text
        return text.withUTF8 { bytes in
            if bytes.count >= 25, bytes[3] == UInt8(ascii: ",") { return mail(bytes) }
            if bytes.count >= 20, bytes[4] == UInt8(ascii: "-") { return standard(bytes) }
            return nil
        }
    }

    /// RFC 5322 §3.3, with a day of two digits, seconds, and `GMT`, `UTC` or an offset.
    private static func mail(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        guard bytes[4] == 32, bytes[7] == 32, bytes[11] == 32, bytes[16] == 32, bytes[19] == 58,
            bytes[22] == 58,
            bytes.count >= 29, bytes[25] == 32,
            let day = number(bytes, 5, 2), let month = month(bytes, 8), let year = number(bytes, 12, 4),
            let clock = clock(bytes, 17)
        else { return nil }
        let offset: Int
        if bytes.count == 29, isWord(bytes, 26, "GMT") || isWord(bytes, 26, "UTC") {
            offset = 0
        } else if bytes.count == 31, let minutes = self.offset(bytes, 26, hasColon: false) {
            offset = minutes
        } else {
            return nil
        }
        return seconds(year, month, day, clock, offset)
    }

    /// RFC 3339, with or without a fraction of three digits.
    private static func standard(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        guard bytes[7] == 45, bytes[10] == 84, bytes[13] == 58, bytes[16] == 58,
            let year = number(bytes, 0, 4),
            let month = number(bytes, 5, 2), let day = number(bytes, 8, 2), let clock = clock(bytes, 11)
        else { return nil }
        if bytes.count == 20, bytes[19] == UInt8(ascii: "Z") { return seconds(year, month, day, clock, 0) }
        guard bytes.count == 25, let offset = offset(bytes, 19, hasColon: true) else { return nil }
        return seconds(year, month, day, clock, offset)
    }

    private static func seconds(_ year: Int, _ month: Int, _ day: Int, _ clock: Int, _ offset: Int) -> Double?
    {
        guard DateText.isDay(year, month, day) else { return nil }
        let days = DateText.daysSince1970(year: year, month: month, day: day)
        return Double(days * 86400 + clock - offset * 60)
    }

    /// Seconds of `06:10:00`.
    private static func clock(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> Int? {
        guard let hour = number(bytes, place, 2), let minute = number(bytes, place + 3, 2),
            let second = number(bytes, place + 6, 2), hour < 24, minute < 60, second <= 60
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    /// Minutes of `+0100` or `+01:00`.
    private static func offset(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int, hasColon: Bool) -> Int? {
        let sign = bytes[place]
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), let hours = number(bytes, place + 1, 2),
            !hasColon || bytes[place + 3] == 58, let minutes = number(bytes, place + (hasColon ? 4 : 3), 2)
        else { return nil }
        let value = hours * 60 + minutes
        return sign == UInt8(ascii: "+") ? value : -value
    }

    private static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int, _ count: Int) -> Int? {
        var value = 0
        for next in place..<place + count {
            let digit = bytes[next]
            guard digit >= 0x30, digit <= 0x39 else { return nil }
            value = value * 10 + Int(digit - 0x30)
        }
        return value
    }

    private static func month(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> Int? {
        let word =
            UInt32(bytes[place] | 0x20) << 16 | UInt32(bytes[place + 1] | 0x20) << 8
            | UInt32(bytes[place + 2] | 0x20)
        return months.firstIndex(of: word).map { $0 + 1 }
    }

    private static func isWord(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ place: Int,
        _ word: StaticString
    ) -> Bool {
        bytes.holds(word, at: place)
    }

    private static let months: [UInt32] = DateText.months.map { name in
        name.utf8.reduce(0) { $0 << 8 | UInt32($1) }
    }
}
