import FoundationEssentials
import TallyModel
import Testing

@testable import Comparing

@Suite struct WatchTests {
    static func watch(baseline: Baseline?) -> Watch {
        var figure = WatchedFigure(name: "dead", measure: "people killed")
        figure.baseline = baseline
        return Watch(name: "bridge", about: ["Ostrel"], figures: [figure], alerts: [.contradicted, .updated])
    }

    @Test("the first claim is held against the starting baseline")
    func baseline() {
        let watch = Self.watch(baseline: Baseline(low: 20, best: nil, high: 25))
        let low = Samples.alerts([Samples.reading("a", claims: [Samples.claim(4, 4)])], watches: [watch])
        #expect(low.first?.map(\.type) == [.contradicted])
        #expect(low.first?.first?.data.watch == "bridge")
        let within = Samples.alerts([Samples.reading("a", claims: [Samples.claim(22, 22)])], watches: [watch])
        #expect(within.first?.isEmpty == true)
    }

    @Test("a figure that no watch takes raises nothing")
    func others() {
        let raised = Samples.alerts(
            [
                Samples.reading("a", claims: [Samples.claim(4, 4, predicate: "wound")]),
                Samples.reading("b", hour: 2, claims: [Samples.claim(9, 9, predicate: "wound")]),
            ],
            watches: [Self.watch(baseline: nil)]
        )
        #expect(Array(raised.joined()).isEmpty)
    }

    @Test("plain words are read as what is counted and what happened")
    func measure() {
        let measure = WatchMatcher.measure(
            of: WatchedFigure(name: "x", measure: "Norvian soldiers killed or wounded")
        )
        #expect(measure.predicate?.name == "casualty")
        #expect(measure.counted.names == ["norvian"])
        #expect(measure.counted.head.contains("soldier"))
    }
}
