import FoundationEssentials

/// The countries, their regions, cities and peoples by the names that news use.
package enum Gazetteer {
    private enum Kind: String {
        case city
        case country
        case people
        case region
    }

    /// Returns the ISO 3166 code of the country that a name is of ("UK" and "Great Britain" are `GB`); `nil` for any other.
    package static func country(_ name: String) -> String? {
        guard let entry = entries[name], entry.kind == .country else { return nil }
        return entry.code
    }

    /// Returns the ISO 3166 code of the country that a name is of, or that a people is at home in ("Colombian" is `CO`);
    /// `nil` for any other.
    package static func nation(_ name: String) -> String? {
        guard let entry = entries[name], entry.kind == .country || entry.kind == .people else { return nil }
        return entry.code == "-" ? nil : entry.code
    }

    /// Whether a name is a country's, a region's or a city's, and not a people's.
    package static func isPlace(_ name: String) -> Bool { entries[name].map { $0.kind != .people } ?? false }

    /// The words of all its names but the cities', in lower case: texts that share them share no more than a region.
    package static let words: Set<String> = Set(
        entries.filter { $0.value.kind != .city }.keys.flatMap {
            $0.lowercased().split { !$0.isLetter }.map(String.init)
        }
    )

    private static let entries: [String: (kind: Kind, code: String)] = {
        let table = Table("places.tsv", PackageResources.places_tsv, columns: 3)
        return table.byFirstField { row in
            guard let kind = Kind(rawValue: row[1]) else { row.fail("has the unknown kind \(row[1])") }
            return (kind, row[2])
        }
    }()
}
