import Delivering
import Foundation
import Storing
import TallyDaemon
import TallyModel
import Testing

@Suite struct SinkSettingsTests {
    private static func read(
        _ alerts: String,
        files: [String: String] = [:],
        isForService: Bool = true
    ) throws -> Settings {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        for (name, text) in files {
            try text.write(to: directory.appendingPathComponent(name), atomically: true, encoding: .utf8)
        }
        let yaml = """
            store: "sqlite::memory:"
            sources:
              - {name: wire, url: "https://example.org/feed.xml"}
            watches:
              - {name: roads, about: ["road"]}
            alerts:
            \(alerts)
            """
        let path = directory.appendingPathComponent("tallywatch.yaml").path
        try yaml.write(toFile: path, atomically: true, encoding: .utf8)
        return try Settings.read(path: path, isForService: isForService)
    }

    @Test("who is not the service need not have its credentials and its environment; the service must")
    func withheld() throws {
        let alerts = """
              webhooks:
                - {name: desk, url: "https://desk.example", secret: "credential:desk"}
              sinks:
                - {name: chat, type: slack, url: "env:TALLYWATCH_TEST_NONE"}
                - {name: room, type: mattermost, url: "https://mm.example/hooks/x"}
            """
        let settings = try Self.read(alerts, isForService: false)
        #expect(settings.withheldSecrets == ["alerts.webhooks[0].secret", "alerts.sinks[0].url"])
        #expect(settings.alerts.withheldSinks == ["desk", "chat"])
        #expect(settings.alerts.webhooks.count == 1 && settings.alerts.sinks.count == 2)
        let error = #expect(throws: SettingsError.self) { try Self.read(alerts) }
        #expect(error?.mistakes.map(\.key) == settings.withheldSecrets)
    }

    @Test("every sink, with its secrets from files")
    func sinks() throws {
        let settings = try Self.read(
            """
              sinks:
                - {name: chat, type: slack, url: "file:slack"}
                - {name: room, type: mattermost, url: "https://mm.example/hooks/x"}
                - {name: fans, type: discord, url: "https://discord.example/x"}
                - {name: office, type: teams, url: "https://teams.example/x"}
                - {name: phone, type: ntfy, url: "https://ntfy.example", topic: figures, token: "file:token"}
                - {name: router, type: alertmanager, url: "http://127.0.0.1:9093", fires_for: 2h}
                - {name: duty, type: pagerduty, routing_key: "file:key"}
                - {name: bus, type: cloudevents, url: "https://bus.example", mode: binary, source: /desk}
                - {name: mail, type: email, server: mail.example, user: u, password: "file:key", from: a@b.example, to: [c@d.example]}
                - {name: script, type: command, command: ["/bin/cat", "-"], timeout: 5s}
                - {name: hook, type: webhook, url: "https://desk.example", secret: "file:hook"}
            """,
            files: [
                "slack": "https://hooks.slack.example/T/B/x\n", "token": "tk_1\n", "key": "k1\n",
                "hook": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD\n",
            ]
        )
        var mail = MailSink.Configuration(
            host: "mail.example",
            port: 587,
            security: .starttls,
            from: "a@b.example",
            to: ["c@d.example"]
        )
        mail.login = Mail.Login(user: "u", password: "k1")
        let expected: [SinkSettings.Kind] = [
            .slack(url: "https://hooks.slack.example/T/B/x"),
            .mattermost(url: "https://mm.example/hooks/x"),
            .discord(url: "https://discord.example/x"),
            .teams(url: "https://teams.example/x"),
            .ntfy(url: "https://ntfy.example", topic: "figures", token: "tk_1"),
            .alertmanager(url: "http://127.0.0.1:9093", firesForSeconds: 7200),
            .pagerDuty(url: PagerDutyFormat.standardURL, routingKey: "k1"),
            .cloudEvents(url: "https://bus.example", source: "/desk", mode: .binary),
            .email(mail),
            .command(["/bin/cat", "-"], timeoutSeconds: 5),
            .webhook(
                url: "https://desk.example",
                secrets: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"]
            ),
        ]
        #expect(settings.alerts.sinks.map(\.kind) == expected)
    }

    @Test("routes name sinks, watches, types, severities and sources, and say when and how")
    func routes() throws {
        let settings = try Self.read(
            """
              log: {path: alerts.jsonl, format: text, max_size: 64KB, keep: 3}
              sinks:
                - {name: chat, type: slack, url: "https://hooks.slack.example/x"}
              routes:
                - sinks: [chat]
                  watch: roads
                  type: [contradicted, source.failing]
                  severity: [warning, critical]
                  source: wire
                  quiet: {from: "22:00", to: "07:00", days: [mon, tue], timezone: Europe/Berlin, except: [critical]}
                  repeat: 4h
                  group: story
                  group_wait: 1m
                  group_interval: 10m
                  continue: true
                - {sinks: log}
            """
        )
        let route = try #require(settings.alerts.routes.first)
        #expect(route.sinks == ["chat"])
        #expect(route.watches == ["roads"])
        #expect(route.types == [.contradicted, .sourceFailing])
        #expect(route.severities == [.warning, .critical])
        #expect(route.sources == ["wire"])
        #expect(route.quiet?.from == 22 * 60)
        #expect(route.quiet?.to == 7 * 60)
        #expect(route.quiet?.days == [1, 2])
        #expect(route.quiet?.timeZone.identifier == "Europe/Berlin")
        #expect(route.quiet?.except == [.critical])
        #expect(route.repeatSeconds == 14400)
        #expect(route.grouping == .story)
        #expect(route.groupWaitSeconds == 60)
        #expect(route.groupIntervalSeconds == 600)
        #expect(route.continues)
        #expect(settings.alerts.routes.last == Route(sinks: ["log"]))
        #expect(settings.alerts.log?.format == .text)
        #expect(settings.alerts.log?.maximumBytes == 64 << 10)
        #expect(settings.alerts.log?.keptFiles == 3)
    }

    struct Mistake: CustomTestStringConvertible, Sendable {
        let shows: String
        let yaml: String
        let key: String
        let message: String
        var testDescription: String { shows }
    }

    static let mistakes = [
        Mistake(
            shows: "a secret in the clear",
            yaml: "  sinks:\n    - {name: duty, type: pagerduty, routing_key: 0123456789abcdef}",
            key: "alerts.sinks[0].routing_key",
            message:
                "must be file:PATH, env:NAME or credential:NAME, so that the configuration holds no secret"
        ),
        Mistake(
            shows: "a secret that the environment lacks",
            yaml: "  sinks:\n    - {name: duty, type: pagerduty, routing_key: \"env:TALLYWATCH_NOT_THERE\"}",
            key: "alerts.sinks[0].routing_key",
            message: "the environment has no TALLYWATCH_NOT_THERE"
        ),
        Mistake(
            shows: "an unknown type",
            yaml: "  sinks:\n    - {name: x, type: pigeon}",
            key: "alerts.sinks[0].type",
            message:
                "must be one of webhook, slack, mattermost, discord, teams, ntfy, alertmanager, pagerduty, cloudevents, email, command"
        ),
        Mistake(
            shows: "a key of another type",
            yaml: "  sinks:\n    - {name: x, type: slack, url: \"https://x\", topic: t}",
            key: "alerts.sinks[0].topic",
            message: "is unknown; known here: name, type, url"
        ),
        Mistake(
            shows: "a password over a way in the clear",
            yaml:
                "  sinks:\n    - {name: m, type: email, server: x, security: none, user: u, password: \"env:PATH\", from: a@b, to: [c@d]}",
            key: "alerts.sinks[0].security",
            message: "a password is not sent without starttls or tls"
        ),
        Mistake(
            shows: "an address with a line break",
            yaml: "  sinks:\n    - {name: m, type: email, server: x, from: \"a@b\\nBcc: c@d\", to: [c@d]}",
            key: "alerts.sinks[0].from",
            message: "a@b\nBcc: c@d is no address such as desk@example.org"
        ),
        Mistake(
            shows: "a command that is none",
            yaml: "  sinks:\n    - {name: s, type: command, command: [mail, desk]}",
            key: "alerts.sinks[0].command",
            message: "must be a list of an absolute path and arguments"
        ),
        Mistake(
            shows: "a route to nowhere",
            yaml: "  log: {path: x}\n  routes:\n    - {sinks: [chat]}",
            key: "alerts.routes[0].sinks[0]",
            message: "chat is not the name of a sink; known: console, log"
        ),
        Mistake(
            shows: "a route of an unknown watch",
            yaml: "  log: {path: x}\n  routes:\n    - {sinks: log, watch: rails}",
            key: "alerts.routes[0].watch",
            message: "rails is not the name of a watch; known: roads"
        ),
        Mistake(
            shows: "a time of day that is none",
            yaml: "  log: {path: x}\n  routes:\n    - {sinks: log, quiet: {from: \"25:00\", to: \"07:00\"}}",
            key: "alerts.routes[0].quiet.from",
            message: "must be a time of day such as \"07:30\""
        ),
        Mistake(
            shows: "a size without a unit",
            yaml: "  log: {path: x, max_size: 100}",
            key: "alerts.log.max_size",
            message: "must be a size such as 100MB, at least 64KB"
        ),
        Mistake(
            shows: "two sinks of one name",
            yaml: "  sinks:\n    - {name: log, type: slack, url: \"https://x\"}",
            key: "alerts.sinks[0].name",
            message: "log is the name of another sink too"
        ),
    ]

    @Test("a mistake names its key and what would be right", arguments: mistakes)
    func tells(_ mistake: Mistake) {
        do {
            _ = try Self.read(mistake.yaml)
            Issue.record("no mistake was found")
        } catch let error as SettingsError {
            let found = error.mistakes.first { $0.key == mistake.key }
            #expect(found?.message == mistake.message, "\(error)")
            #expect(found?.line != nil)
        } catch {
            Issue.record(error)
        }
    }

    @Test("retention and the place of metrics")
    func service() throws {
        let settings = try Self.read(
            "  console: false\nretention: {articles: 10d, alerts: forever}\nservice: {listen: \"[::1]:9\"}"
        )
        #expect(settings.retention.articlesSeconds == 864_000)
        #expect(settings.retention.claimsSeconds == 63_072_000)
        #expect(settings.retention.alertsSeconds == nil)
        #expect(settings.service.host == "::1")
        #expect(settings.service.port == 9)
        #expect(try Self.read("  console: false\nservice: {listen: none}").service.host == nil)
        #expect(try Self.read("  console: false").service.host == "127.0.0.1")
    }
}
