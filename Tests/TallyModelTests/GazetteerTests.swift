import Testing

@testable import TallyModel

@Suite struct GazetteerTests {
    @Test("names of one country have one code")
    func countries() {
        #expect(Gazetteer.country("United Kingdom") == "GB")
        #expect(Gazetteer.country("UK") == "GB")
        #expect(Gazetteer.country("Myanmar") == Gazetteer.country("Burma"))
        #expect(Gazetteer.country("British") == nil)
        #expect(Gazetteer.country("Bavaria") == nil)
    }

    @Test("a people is no place, a region is")
    func places() {
        #expect(Gazetteer.isPlace("Kenya"))
        #expect(Gazetteer.isPlace("Bavaria"))
        #expect(!Gazetteer.isPlace("Kenyan"))
        #expect(!Gazetteer.isPlace("Ostrel"))
        #expect(Gazetteer.words.isSuperset(of: ["kenya", "kenyan", "south", "korean", "bavaria"]))
        #expect(!Gazetteer.words.contains("ostrel"))
    }
}
