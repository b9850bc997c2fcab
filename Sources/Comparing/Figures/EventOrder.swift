/// The place of an event in a row of its kind: "a seventh strike" is not the third.
enum EventOrder {
    /// Returns the places in a row that a sentence gives to what it tells of.
    static func places(in words: [Words.Word]) -> Set<Int> {
        var places: Set<Int> = []
        for index in words.indices {
            guard let place = place(words[index].text) else { continue }
            let next = words[(index + 1)...].first.map { Words.stem(of: $0.text) }
            guard let next, !others.contains(next) else { continue }
            places.insert(place)
        }
        return places
    }

    /// Whether two sentences tell of two events of one row: each gives one place, and they differ.
    static func isApart(_ a: Set<Int>, _ b: Set<Int>) -> Bool { a.count == 1 && b.count == 1 && a != b }

    private static func place(_ word: String) -> Int? {
        if let place = table[word] { return place }
        guard word.utf8.count > 2, ["st", "nd", "rd", "th"].contains(where: word.hasSuffix) else {
            return nil
        }
        return Int(word.dropLast(2)).flatMap { $0 > 1 ? $0 : nil }
    }

    // The first of a row is as often the first of its day or of the year.
    private static let table: [String: Int] = [
        "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
        "tenth": 10, "eleventh": 11, "twelfth": 12,
    ]

    /// What is put in a row and is no event: time, ranks, people, parts of towns and laws.
    private static let others: Set<String> = Set(
        """
        amendment and anniversary avenue biggest body case century child circuit consecutive day deadliest death degree
        district division fastest floor grade half highest hour in largest longest lowest man minute month most night of or
        party people person quarter round row season side straight street successive suspect term time to victim week wave
        woman world worst year
        """.split(whereSeparator: \.isWhitespace).map(String.init)
    )
}
