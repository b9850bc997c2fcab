import Foundation
import TallyModel
import Testing

/// An annotated article.
struct Fixture {
    struct Wanted: Decodable {
        var surface: String
        var low: Decimal?
        var high: Decimal?
        var qualifier: Quantity.Qualifier
        var unit: String
        /// Phrases that name what is counted; " / " parts phrases that are equally right.
        var counted: String?
        var predicate: String?
    }

    struct Expected: Decodable {
        var published: String
        var claims: [Wanted]
        /// Surfaces of numbers that are no claims.
        var notClaims: [String]
    }

    let slug: String
    let text: String
    let published: Date?
    let claims: [Wanted]
    let notClaims: [String]

    static func all() throws -> [Fixture] {
        let root = try #require(Bundle.module.resourceURL).appending(path: "Fixtures")
        let names = try FileManager.default.contentsOfDirectory(atPath: root.path).sorted()
        return try names.compactMap { name in
            let folder = root.appending(path: name)
            guard let text = try? String(contentsOf: folder.appending(path: "source.txt"), encoding: .utf8)
            else {
                return nil
            }
            let expected = try JSONDecoder().decode(
                Expected.self,
                from: Data(contentsOf: folder.appending(path: "expected.json"))
            )
            return Fixture(
                slug: name,
                text: text,
                published: Timestamp.date(from: expected.published),
                claims: expected.claims,
                notClaims: expected.notClaims
            )
        }
    }

    static func data(_ name: String) throws -> Data {
        let root = try #require(Bundle.module.resourceURL).appending(path: "Fixtures")
        return try Data(contentsOf: root.appending(path: name))
    }

    /// Returns where each claim's surface stands, in Unicode scalars, in the order of the text; `nil` where it does not.
    func claimSpans() -> [Range<Int>?] {
        var end = 0
        return claims.map { claim in
            let span = spans(of: claim.surface).first { $0.lowerBound >= end }
            end = span?.upperBound ?? end
            return span
        }
    }

    /// Returns every place, in Unicode scalars, where a surface stands as whole words and whole numbers.
    func spans(of surface: String) -> [Range<Int>] {
        let text = Array(text.unicodeScalars)
        let wanted = Array(surface.unicodeScalars)
        guard !wanted.isEmpty, wanted.count <= text.count else { return [] }
        return (0...(text.count - wanted.count)).compactMap { start in
            let end = start + wanted.count
            guard text[start..<end].elementsEqual(wanted) else { return nil }
            return isInsideWord(text, start) || isInsideWord(text, end) ? nil : start..<end
        }
    }
}

private extension Fixture {
    /// Returns whether an offset parts a word or a number ("12|,450", "Mi-1|7").
    func isInsideWord(_ text: [Unicode.Scalar], _ offset: Int) -> Bool {
        guard offset > 0, offset < text.count else { return false }
        let before = text[offset - 1].properties
        let after = text[offset].properties
        if before.isAlphanumeric, after.isAlphanumeric { return true }
        let marks: Set<Unicode.Scalar> = [",", "."]
        if marks.contains(text[offset]), offset + 1 < text.count {
            return before.numericType != nil && text[offset + 1].properties.numericType != nil
        }
        if marks.contains(text[offset - 1]), offset > 1 {
            return after.numericType != nil && text[offset - 2].properties.numericType != nil
        }
        return false
    }
}

private extension Unicode.Scalar.Properties {
    var isAlphanumeric: Bool { isAlphabetic || numericType != nil }
}
