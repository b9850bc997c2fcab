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
        var counted: String?
        var predicate: String?
    }

    struct Expected: Decodable {
        var published: String
        var claims: [Wanted]
    }

    let slug: String
    let text: String
    let published: Date?
    let claims: [Wanted]

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
                claims: expected.claims
            )
        }
    }

    static func data(_ name: String) throws -> Data {
        let root = try #require(Bundle.module.resourceURL).appending(path: "Fixtures")
        return try Data(contentsOf: root.appending(path: name))
    }
}
