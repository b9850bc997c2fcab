import Foundation
import TallyModel
import Testing

@testable import Comparing

/// What whole events raise, told by several outlets in their own ways.
@Suite struct EventQualityTests {
    @Test("the alerts of the annotated events are at least as good as the floors ask")
    func quality() throws {
        var wanted = 0
        var found = 0
        var wantedDifferences = 0
        var foundDifferences = 0
        var raised = 0
        var right = 0
        for event in try AnnotatedEvent.all() {
            let alerts = zip(event.articles, Samples.alerts(event.readings(), title: event.articles[0].title))
            let byArticle = Dictionary(uniqueKeysWithValues: alerts.map { ($0.id, $1) })
            for alert in event.alerts where !alert.isOptional {
                let isDifference = Self.differences.contains(alert.type)
                let isFound = byArticle[alert.after]?.contains { Self.isFound(alert, $0) } ?? false
                wanted += 1
                found += isFound ? 1 : 0
                wantedDifferences += isDifference ? 1 : 0
                foundDifferences += isFound && isDifference ? 1 : 0
            }
            for (article, alerts) in byArticle {
                for alert in alerts where Self.differences.contains(alert.type) {
                    raised += 1
                    right += Self.isRight(alert, after: article, in: event) ? 1 : 0
                }
            }
        }
        let report = Comment(
            rawValue: """
                alerts \(found) of \(wanted); contradictions and corrections \(foundDifferences) of \(wantedDifferences), \
                \(right) of \(raised) raised are right
                """
        )
        #expect(Double(found) >= Self.recall * Double(wanted), report)
        #expect(Double(foundDifferences) >= Self.differenceRecall * Double(wantedDifferences), report)
        #expect(Double(right) >= Self.differencePrecision * Double(raised), report)
    }

    /// The least part of the wanted alerts that is found.
    private static let recall = 0.54
    /// The least part of the wanted contradictions and corrections that is found.
    private static let differenceRecall = 0.46
    /// The least part of the raised contradictions and corrections that is right.
    private static let differencePrecision = 0.75

    private static let differences: Set<Alert.Kind> = [.contradicted, .corrected]

    private static func isFound(_ wanted: AnnotatedEvent.Wanted, _ alert: Alert) -> Bool {
        guard
            alert.type == wanted.type || wanted.type == .corrected && alert.type == .contradicted,
            let claim = alert.data.claim, wanted.bounds.isSame(as: claim.low, claim.high)
        else { return false }
        return wanted.type == .new || wanted.against.contains { $0.isHeld(by: alert.data.baseline) }
    }

    private static func isRight(_ alert: Alert, after article: String, in event: AnnotatedEvent) -> Bool {
        if event.alerts.contains(where: { $0.after == article && isFound($0, alert) }) { return true }
        guard let claim = alert.data.claim else { return false }
        return event.differences.contains {
            $0.article == article && $0.bounds.isSame(as: claim.low, claim.high)
                && $0.against.isHeld(by: alert.data.baseline)
        }
    }
}
