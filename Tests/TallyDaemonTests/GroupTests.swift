import Foundation
import TallyModel
import Testing

/// The real binary with routes that group: how many messages an article with several figures makes.
@Suite(.timeLimit(.minutes(2))) struct GroupTests {
    @Test(
        "the alerts of an article leave as one message to a webhook and to each chat service, and singly ungrouped",
        arguments: ["none", "article", "story"]
    )
    func grouping(_ grouping: String) async throws {
        let chats = ["slack", "mattermost", "discord", "teams"]
        let site = Site()
        let desk = try await Desk(
            site,
            alerts: """
                  sinks:
                \(chats.map { "    - {name: \($0), type: \($0), url: \"SITE/chat\"}" }.joined(separator: "\n"))
                  routes:
                    - {sinks: [desk, \(chats.joined(separator: ", "))], group: \(grouping), group_wait: 1s}
                """
        )
        defer { desk.removeFiles() }
        site.publish("/1", Pages.manyFigures)
        let process = try desk.start(["run", "--config", desk.config])
        try await desk.until { desk.figures().count >= 3 }
        site.publish("/2", Pages.manyOtherFigures)
        try await desk.until { desk.alerts().count >= 2 }
        let ids = Set(desk.alerts().map(\.id))
        let messages = grouping == "none" ? ids.count : 1
        try await desk.until { site.accepted.count >= messages && site.chats.count >= messages * chats.count }
        // What were one message too many would follow the first.
        try await Task.sleep(for: .seconds(1))
        #expect(site.accepted.count == messages)
        #expect(site.chats.count == messages * chats.count)
        let told = try site.accepted.flatMap { try Self.alerts(in: $0.body) }
        #expect(Set(told) == ids && told.count == ids.count)
        if messages == 1 {
            #expect(site.accepted.first?.id.hasPrefix("group_") == true)
            // Teams shows the title with its signs escaped.
            #expect(site.chats.allSatisfy { $0.contains("\(ids.count) alerts") })
        }
        process.terminate()
        try await desk.until { !process.isRunning }
        await desk.close()
    }

    private struct Group: Decodable {
        struct Details: Decodable {
            let alerts: [Alert]
        }

        let data: Details
    }

    /// The identifiers of the alerts in a webhook's body.
    private static func alerts(in body: String) throws -> [String] {
        let data = Data(body.utf8)
        if let alert = try? TallyJSON.decoder().decode(Alert.self, from: data) { return [alert.id] }
        return try TallyJSON.decoder().decode(Group.self, from: data).data.alerts.map(\.id)
    }
}
