import TallyModel

/// How wide the place is that a number speaks of, and its name.
struct PlaceScope: Sendable {
    /// The width of a scope.
    private enum Width {
        /// The whole world.
        case world
        /// A whole country, or some.
        case wide
        /// A region, province, district or the like.
        case region
        /// A town, camp, valley or less.
        case local
        /// A name that does not tell.
        case unknown
    }

    private let names: Set<String>
    private let lastName: String?
    private let kind: String?
    private let width: Width
    private let directions: Set<String>

    /// Reads a place as the text names it.
    init(_ place: String) {
        let words = Words.all(of: place).map(\.text).filter { !StopWords.all.contains($0) }
        let country = Gazetteer.country(place)
        kind = words.last { Self.widths[$0] != nil }
        width = country != nil ? .wide : kind.flatMap { Self.widths[$0] } ?? .unknown
        directions = Set(words.compactMap { Self.directions[$0] })
        let names =
            country.map { [$0] }
            ?? words.filter { Self.widths[$0] == nil && !Self.fillers.contains($0) }
        lastName = names.last
        self.names = Set(names)
    }

    /// Whether it is a country or more.
    var isWide: Bool { width == .wide || width == .world }

    /// Whether it is a country that the text does not name: "the country's toll".
    var isUnnamedCountry: Bool { names.isEmpty && width == .wide }

    /// Returns how likely two numbers speak of one place, 0 to 1; `nil` where they name two.
    static func likeness(_ a: String?, _ b: String?) -> Double? {
        likeness(a.map(PlaceScope.init), b.map(PlaceScope.init))
    }

    /// Returns how likely two numbers speak of one place, 0 to 1; `nil` where they name two.
    static func likeness(_ a: PlaceScope?, _ b: PlaceScope?) -> Double? {
        guard let first = a, let second = b else {
            // What names no place is of the event as a whole.
            guard let scope = a ?? b else { return 1 }
            return scope.isWide ? 0.9 : scope.names.isEmpty ? 0.6 : 0.7
        }
        // "northern Gaza" and "southern Gaza", North and South Korea.
        if !first.directions.isEmpty, !second.directions.isEmpty,
            first.directions.isDisjoint(with: second.directions)
        {
            return nil
        }
        // All the world is no country of it, and "worldwide" no name.
        if first.width == .world || second.width == .world { return first.width == second.width ? 1 : nil }
        if !first.names.isEmpty, !second.names.isEmpty {
            if first.names.isSubset(of: second.names) || second.names.isSubset(of: first.names) { return 1 }
            let isSpelling = first.names.contains { word in
                second.names.contains { FigureMatcher.isSpelling(word, of: $0) }
            }
            if isSpelling { return 1 }
            // "DR Congo" and "the Democratic Republic of Congo" share their last name.
            return first.lastName == second.lastName ? 0.8 : nil
        }
        if first.names.isEmpty, second.names.isEmpty, first.kind == second.kind { return 1 }
        switch (first.width, second.width) {
        case (.wide, .wide): return 1
        case (.wide, .local), (.local, .wide), (.wide, .region), (.region, .wide): return nil
        case (.wide, .unknown), (.unknown, .wide): return 0.4
        default: return 0.6
        }
    }

    /// Whether a place is less than a country, as far as its words tell.
    static func isNarrow(_ place: String?) -> Bool { place.map { !PlaceScope($0).isWide } ?? false }

    private static let widths: [String: Width] = {
        var table: [String: Width] = [:]
        for word in [
            "countries", "country", "countrywide", "nation", "national", "nationally", "nationwide",
        ] {
            table[word] = .wide
        }
        for word in ["global", "globally", "globe", "world", "worldwide"] { table[word] = .world }
        for word in [
            "county", "district", "oblast", "prefecture", "province", "region", "state", "territory",
        ] {
            table[word] = .region
        }
        for word in [
            "camp", "capital", "city", "garrison", "hospital", "island", "municipality", "neighbourhood",
            "port", "suburb",
            "town", "valley", "village",
        ] { table[word] = .local }
        return table
    }()

    private static let directions = [
        "east": "east", "eastern": "east", "north": "north", "northern": "north", "south": "south",
        "southern": "south", "west": "west", "western": "west",
    ]

    private static let fillers: Set<String> = [
        "area", "border", "central", "coast", "coastal", "east", "eastern", "mountain", "north", "northern",
        "range",
        "south", "southern", "west", "western", "whole",
    ]
}
