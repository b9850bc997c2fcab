import Testing

@testable import Comparing

/// The countries and places of a sentence.
@Suite struct NamedPlacesTests {
    @Test("countries are named by themselves and by their people")
    func nations() {
        #expect(
            NamedPlaces("Qatari jets and a U.S. drone meet over Sri Lanka's coast").nations == [
                "LK", "QA", "US",
            ]
        )
        #expect(NamedPlaces("the mayor of Ostrel").nations.isEmpty)
    }

    @Test("a list of places")
    func listed() {
        #expect(NamedPlaces("mostly in Jamaica and Haiti, as focus turns").listed == ["Haiti", "Jamaica"])
        #expect(NamedPlaces("in Jamaica, where Haiti sent help").listed.isEmpty)
    }

    @Test("where something is told to be")
    func located() {
        #expect(NamedPlaces("an earthquake hits Banjar, Indonesia.").located == ["ID"])
        #expect(NamedPlaces("Israel strikes a camp in Lebanon").located == ["LB"])
    }

    @Test(
        "two sentences that begin with two countries tell of two",
        arguments: [
            (
                "The Qatari government says it intercepted nine Iranian drones.",
                "The Bahraini military reports 117 Iranian drones.", true
            ),
            (
                "New York Governor Cuomo reports 731 more deaths, bringing the toll to 5,489.",
                "France reports 1,417 more deaths, bringing the toll to 10,238.", true
            ),
            (
                "Russia says 40 drones were shot down.", "Ukraine says it shot down 120 drones of Russia.",
                false
            ),
            ("Iran strikes kill 12 in Bahrain.", "A strike on Bahrain kills 10.", false),
        ]
    )
    func leading(_ first: String, _ second: String, _ areApart: Bool) {
        #expect(NamedPlaces.areLedApart(NamedPlaces(first), NamedPlaces(second)) == areApart)
        #expect(NamedPlaces.areLedApart(NamedPlaces(second), NamedPlaces(first)) == areApart)
    }
}
