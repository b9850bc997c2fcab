import Delivering
import Foundation
import TallyModel
import Testing

/// What each service documents of its payloads.
@Suite struct FormatTests {
    let now = Samples.now

    private func json(_ format: any MessageFormat, _ message: Message) throws -> (FetchRequest, [String: Any])
    {
        let request = try #require(try format.request(for: message, at: now))
        let body = try #require(request.body)
        let object = try JSONSerialization.jsonObject(with: Data(body))
        return (request, try #require(object as? [String: Any]))
    }

    private func objects(_ value: Any?) throws -> [[String: Any]] {
        try #require(value as? [[String: Any]])
    }

    @Test("Slack: fallback text, a plain header, escaped sections within the limits")
    func slack() throws {
        let (request, body) = try json(
            SlackFormat(url: "https://hooks.slack.example/x"),
            try Samples.message()
        )
        #expect(request.url == "https://hooks.slack.example/x")
        #expect(Set(body.keys) == ["text", "blocks"])
        let blocks = try objects(body["blocks"])
        #expect(blocks.map { $0["type"] as? String } == ["header", "section", "context"])
        let header = try #require(blocks[0]["text"] as? [String: String])
        #expect(header["type"] == "plain_text")
        #expect(try #require(header["text"]).count <= 150)
        let section = try #require(blocks[1]["text"] as? [String: String])
        let text = try #require(section["text"])
        #expect(section["type"] == "mrkdwn")
        #expect(text.contains("&lt;!channel&gt;") && !text.contains("<!channel>"))
        #expect(text.contains("<https://vale.example/2?a=1&b=2|Vale Post"))
        #expect(try #require(body["text"] as? String).contains("“14” (Vale Post) contradicts"))
    }

    @Test("Slack: a group is one message with a section for each alert")
    func slackGroup() throws {
        let (_, body) = try json(SlackFormat(url: "https://hooks.slack.example/x"), try Samples.group())
        let sections = try objects(body["blocks"]).filter { $0["type"] as? String == "section" }
        #expect(sections.count == 2)
        #expect((body["text"] as? String)?.hasPrefix("2 alerts") == true)
    }

    @Test("Mattermost: text and an attachment with fields; no mention")
    func mattermost() throws {
        let (_, body) = try json(MattermostFormat(url: "https://mm.example/hooks/x"), try Samples.message())
        let attachment = try #require(try objects(body["attachments"]).first)
        #expect(Set(attachment.keys) == ["fallback", "color", "title", "title_link", "text", "fields"])
        #expect(attachment["color"] as? String == "#d32f2f")
        let fields = try objects(attachment["fields"])
        let value = try #require(fields.first?["value"] as? String)
        #expect(fields.first?["short"] as? Bool == false)
        #expect(!value.contains("@everyone"))
        #expect(value.contains(#"\*14\*"#) && value.contains(#"\[treated\]\("#))
    }

    @Test("Discord: an embed within the limits, and nobody is mentioned")
    func discord() throws {
        let (_, body) = try json(
            DiscordFormat(url: "https://discord.example/api/webhooks/1/x"),
            try Samples.message()
        )
        #expect(((body["allowed_mentions"] as? [String: Any])?["parse"] as? [String]) == [])
        #expect(try #require(body["content"] as? String).count <= 2000)
        let embed = try #require(try objects(body["embeds"]).first)
        #expect(embed["color"] as? Int == 0xd32f2f)
        #expect(try #require(embed["title"] as? String).count <= 256)
        #expect(try #require(embed["description"] as? String).count <= 4096)
        #expect(embed["url"] as? String == "https://vale.example/2?a=1&b=2")
    }

    @Test("Discord: fifty long alerts still make a message that it takes")
    func discordMany() throws {
        var alert = Samples.contradiction()
        alert.data.reason = String(repeating: "long ", count: 2000)
        let deliveries = try (1...50).map { try Samples.delivery(alert, number: Int64($0)) }
        let format = DiscordFormat(url: "https://discord.example/x")
        let (_, body) = try json(format, Message(id: "group_1", deliveries: deliveries))
        let embeds = try objects(body["embeds"])
        #expect(embeds.count == 10)
        let texts = embeds.flatMap { [$0["title"] as? String ?? "", $0["description"] as? String ?? ""] }
        #expect(texts.map(\.unicodeScalars.count).reduce(0, +) <= 6000)
        #expect((body["content"] as? String)?.contains("40 more in the log") == true)
    }

    @Test("Teams: a workflow's message with one Adaptive Card")
    func teams() throws {
        let (_, body) = try json(TeamsFormat(url: "https://teams.example/workflows/x"), try Samples.message())
        #expect(body["type"] as? String == "message")
        let attachment = try #require(try objects(body["attachments"]).first)
        #expect(attachment["contentType"] as? String == "application/vnd.microsoft.card.adaptive")
        #expect(attachment["contentUrl"] is NSNull)
        let card = try #require(attachment["content"] as? [String: Any])
        #expect(card["type"] as? String == "AdaptiveCard")
        #expect(card["version"] as? String == "1.2")
        #expect(card["$schema"] as? String == "http://adaptivecards.io/schemas/adaptive-card.json")
        #expect((card["msteams"] as? [String: String]) == ["width": "Full"])
        let blocks = try objects(card["body"])
        #expect(blocks.allSatisfy { $0["type"] as? String == "TextBlock" && $0["wrap"] as? Bool == true })
        #expect(blocks.first?["weight"] as? String == "Bolder")
    }

    @Test("ntfy: JSON to the server's root, with a priority, a token and a short message")
    func ntfy() throws {
        var alert = Samples.contradiction()
        alert.data.reason = String(repeating: "größer ", count: 2000)
        let format = NtfyFormat(url: "https://ntfy.example", topic: "figures", token: "tk_1")
        let (request, body) = try json(format, try Samples.message(alert))
        #expect(request.url == "https://ntfy.example")
        #expect(request.headers.contains(HeaderField("Authorization", "Bearer tk_1")))
        #expect(body["topic"] as? String == "figures")
        #expect(body["priority"] as? Int == 5)
        #expect(try #require(body["message"] as? String).utf8.count <= 4096)
        #expect(body["click"] as? String == "https://vale.example/2?a=1&b=2")
        #expect(try objects(body["actions"]).first?["action"] as? String == "view")
    }

    @Test("PagerDuty: trigger, acknowledge and resolve share a key; the summary is bounded")
    func pagerDuty() throws {
        let key = String(repeating: "k", count: 32)
        let format = PagerDutyFormat(url: PagerDutyFormat.standardURL, routingKey: key, origin: "host")
        let (request, trigger) = try json(format, try Samples.message())
        #expect(request.url == "https://events.pagerduty.com/v2/enqueue")
        #expect(trigger["routing_key"] as? String == key)
        #expect(trigger["event_action"] as? String == "trigger")
        #expect(trigger["dedup_key"] as? String == "tallywatch/alert_1")
        let payload = try #require(trigger["payload"] as? [String: Any])
        #expect(payload["severity"] as? String == "critical")
        #expect(payload["source"] as? String == "host")
        #expect(payload["class"] as? String == "figure.contradicted")
        #expect(try #require(payload["summary"] as? String).count <= 1024)
        #expect(try objects(trigger["links"]).first?["href"] as? String == "https://vale.example/2?a=1&b=2")
        let (_, seen) = try json(format, try Samples.message(purpose: .acknowledged))
        #expect(seen["event_action"] as? String == "acknowledge")
        #expect(seen["dedup_key"] as? String == "tallywatch/alert_1")
        let (_, failing) = try json(format, try Samples.message(Samples.source(.sourceFailing)))
        let (_, recovered) = try json(format, try Samples.message(Samples.source(.sourceRecovered)))
        #expect(failing["event_action"] as? String == "trigger")
        #expect(recovered["event_action"] as? String == "resolve")
        #expect(recovered["dedup_key"] as? String == failing["dedup_key"] as? String)
    }

    private func alertmanager(_ message: Message) throws -> [[String: Any]] {
        let format = AlertmanagerFormat(url: "http://127.0.0.1:9093/", firesForSeconds: 3600)
        let request = try #require(try format.request(for: message, at: now))
        #expect(request.url == "http://127.0.0.1:9093/api/v2/alerts")
        return try objects(try JSONSerialization.jsonObject(with: Data(try #require(request.body))))
    }

    @Test("Alertmanager: firing with an end ahead, resolved when acknowledged, two alerts kept apart")
    func alertmanagerAlert() throws {
        let firing = try #require(try alertmanager(try Samples.message()).first)
        let labels = try #require(firing["labels"] as? [String: String])
        #expect(labels["alertname"] == "figure.contradicted")
        #expect(labels["severity"] == "critical")
        #expect(labels["alert_id"] == "alert_1")
        #expect(firing["startsAt"] as? String == Timestamp.text(of: now))
        #expect(firing["endsAt"] as? String == Timestamp.text(of: now.addingTimeInterval(3600)))
        let resolved = try #require(try alertmanager(try Samples.message(purpose: .acknowledged)).first)
        #expect(resolved["labels"] as? [String: String] == labels)
        #expect(resolved["endsAt"] as? String == Timestamp.text(of: now))
        #expect(try alertmanager(try Samples.group()).count == 2)
    }

    @Test("Alertmanager: a source that is well again resolves the alert that its failing raised")
    func alertmanagerSource() throws {
        let failing = try #require(
            try alertmanager(try Samples.message(Samples.source(.sourceFailing))).first
        )
        let recovered = try #require(
            try alertmanager(try Samples.message(Samples.source(.sourceRecovered))).first
        )
        #expect(failing["labels"] as? [String: String] == recovered["labels"] as? [String: String])
        #expect(recovered["endsAt"] as? String == Timestamp.text(of: now))
    }

    @Test("CloudEvents, structured: the required attributes, the data beside them")
    func cloudEventsStructured() throws {
        let format = CloudEventsFormat(url: "https://bus.example", source: "/desk", mode: .structured)
        let (request, body) = try json(format, try Samples.message())
        #expect(
            request.headers == [HeaderField("Content-Type", "application/cloudevents+json; charset=utf-8")]
        )
        #expect(body["specversion"] as? String == "1.0")
        #expect(body["id"] as? String == "alert_1")
        #expect(body["source"] as? String == "/desk")
        #expect(body["type"] as? String == "figure.contradicted")
        #expect(body["time"] as? String == Timestamp.text(of: now))
        #expect(body["subject"] as? String == "figure_1")
        #expect(body["datacontenttype"] as? String == "application/json")
        #expect((body["data"] as? [String: Any])?["severity"] as? String == "critical")
        let name = try NSRegularExpression(pattern: "^[a-z0-9]{1,20}$")
        for key in body.keys {
            #expect(name.numberOfMatches(in: key, range: NSRange(location: 0, length: key.utf16.count)) == 1)
        }
    }

    @Test("CloudEvents, binary: attributes in fields, no ce-datacontenttype, the data alone in the body")
    func cloudEventsBinary() throws {
        let format = CloudEventsFormat(url: "https://bus.example", source: "/Euro € 😀", mode: .binary)
        let (request, body) = try json(format, try Samples.message())
        let fields = Dictionary(uniqueKeysWithValues: request.headers.map { ($0.name, $0.value) })
        #expect(fields["Content-Type"] == "application/json")
        #expect(fields["ce-specversion"] == "1.0")
        #expect(fields["ce-id"] == "alert_1")
        // The example of the HTTP protocol binding, section 3.1.3.2.
        #expect(fields["ce-source"] == "/Euro%20%E2%82%AC%20%F0%9F%98%80")
        #expect(fields["ce-datacontenttype"] == nil)
        #expect(body["severity"] as? String == "critical")
        #expect(body["specversion"] == nil)
    }

    @Test("a webhook's group bears the alerts as they would come one by one, under one identifier")
    func webhookGroup() throws {
        let (request, body) = try json(
            WebhookFormat(url: "https://desk.example", secrets: []),
            try Samples.group()
        )
        #expect(request.headers.contains(HeaderField("webhook-id", "group_1")))
        #expect(body["type"] as? String == "alerts")
        #expect(body["id"] as? String == "group_1")
        let alerts = try objects((body["data"] as? [String: Any])?["alerts"])
        #expect(alerts.map { $0["id"] as? String } == ["alert_1", "alert_2"])
    }
}
