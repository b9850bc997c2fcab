import Delivering
import Foundation
import Storing
import TallyDaemon
import TallyModel
import Testing

@Suite struct SettingsTests {
    @Test("a whole configuration is read as PRODUCT.md writes it")
    func whole() throws {
        let settings = try Self.read(
            """
            store: sqlite:///var/lib/tallywatch/tallywatch.db
            network: {allow: ["127.0.0.0/8"]}
            defaults: {every: 20m}
            sources:
              - {name: example, url: "https://example.org/feed.xml", every: 5m}
              - {name: folder, url: "file:///srv/reports", type: folder}
            watches:
              - name: convoy
                about: ["Karvel", "convoy"]
                figures:
                  - {name: lorries, measure: "lorries burned", unit: vehicle, baseline: {low: 10, high: 12_000, as_of: 2026-01-31}, tolerance: 5%}
                  - {name: losses, measure: "soldiers killed or wounded", cumulative: true}
                alert: [new, updated, contradicted, corrected]
            alerts:
              first_poll: alert
              log: {path: /var/log/tallywatch/alerts.jsonl}
              webhooks:
                - {name: desk, url: "http://127.0.0.1:9000/hook", secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}
            """
        )
        #expect(settings.store == .file(path: "/var/lib/tallywatch/tallywatch.db"))
        #expect(settings.sources.map(\.everySeconds) == [300, 1200])
        #expect(settings.sources.map(\.kind) == [.auto, .folder])
        let watch = try #require(settings.watches.first)
        #expect(watch.about == ["Karvel", "convoy"])
        #expect(watch.alerts == [.new, .updated, .contradicted, .corrected])
        #expect(watch.figures[0].baseline?.low == 10)
        #expect(watch.figures[0].baseline?.high == 12000)
        #expect(watch.figures[0].baselineAsOf == "2026-01-31")
        #expect(watch.figures[0].tolerance == 0.05)
        #expect(watch.figures[1].isCumulative == true)
        #expect(settings.alerts.firstPoll == .alert)
        #expect(settings.alerts.webhooks.map(\.name) == ["desk"])
    }

    @Test("what is left out has the defaults, and paths start from the file's directory")
    func defaults() throws {
        let settings = try Self.read(
            """
            store: sqlite://data/t.db
            sources:
              - {name: here, url: "file:samples"}
            alerts: {log: {path: alerts.jsonl}}
            """,
            in: "/tmp/tally-settings-test"
        )
        #expect(settings.store == .file(path: "/tmp/tally-settings-test/data/t.db"))
        #expect(
            settings.sources == [
                Source(name: "here", url: "file:///tmp/tally-settings-test/samples", everySeconds: 600)
            ]
        )
        #expect(settings.alerts.firstPoll == .baseline)
        #expect(settings.alerts.log?.path == "/tmp/tally-settings-test/alerts.jsonl")
        #expect(settings.controlSocket == "/tmp/tally-settings-test/data/t.db.sock")
    }

    struct Mistake: CustomTestStringConvertible, Sendable {
        let shows: String
        let yaml: String
        let line: Int
        let key: String
        let message: String
        var testDescription: String { shows }
    }

    static let mistakes = [
        Mistake(
            shows: "an unknown key",
            yaml: "store: \"sqlite::memory:\"\nsources:\n  - {name: a, url: \"http://x/\", evry: 5m}\n",
            line: 3,
            key: "sources[0].evry",
            message:
                "is unknown; known here: name, url, every, type, fetch, max_every, recheck, robots, auth, headers"
        ),
        Mistake(
            shows: "a missing store",
            yaml: "sources: []\n",
            line: 1,
            key: "store",
            message: "is missing"
        ),
        Mistake(
            shows: "a store of another kind",
            yaml: "store: mysql://x\n",
            line: 1,
            key: "store",
            message: "mysql://x is not of the form sqlite:///path/to/tallywatch.db"
        ),
        Mistake(
            shows: "a span without a unit",
            yaml: "store: \"sqlite::memory:\"\ndefaults: {every: 10}\n",
            line: 2,
            key: "defaults.every",
            message: "must be a span of time such as 30s, 10m, 1h or 1d"
        ),
        Mistake(
            shows: "a URL of another scheme",
            yaml: "store: \"sqlite::memory:\"\nsources:\n  - name: a\n    url: ftp://example.org/\n",
            line: 4,
            key: "sources[0].url",
            message: "ftp://example.org/ is no http, https or file URL"
        ),
        Mistake(
            shows: "a name that is there twice",
            yaml:
                "store: \"sqlite::memory:\"\nsources:\n  - {name: a, url: \"http://x/\"}\n  - {name: a, url: \"http://y/\"}\n",
            line: 4,
            key: "sources[1].name",
            message: "a is the name of another source too"
        ),
        Mistake(
            shows: "a network that is none",
            yaml: "store: \"sqlite::memory:\"\nnetwork: {allow: [localhost]}\n",
            line: 2,
            key: "network.allow",
            message: "localhost is no network such as 10.1.2.0/24 or fd00::/8"
        ),
        Mistake(
            shows: "a secret that is none",
            yaml:
                "store: \"sqlite::memory:\"\nalerts:\n  webhooks:\n    - {name: d, url: \"http://x/\", secret: hunter2}\n",
            line: 4,
            key: "alerts.webhooks[0].secret",
            message: "must be whsec_ followed by base64 of 24 to 64 bytes"
        ),
        Mistake(
            shows: "an alert that is none",
            yaml: "store: \"sqlite::memory:\"\nwatches:\n  - {name: w, alert: [loud]}\n",
            line: 3,
            key: "watches[0].alert[0]",
            message: "must be one of new, updated, contradicted, corrected, denied"
        ),
        Mistake(
            shows: "a baseline upside down",
            yaml:
                "store: \"sqlite::memory:\"\nwatches:\n  - name: w\n    figures:\n      - {name: f, measure: m, baseline: {low: 9, high: 3}}\n",
            line: 5,
            key: "watches[0].figures[0].baseline",
            message: "has a low above its high"
        ),
    ]

    @Test("a mistake is told with its line, its key and what would be right", arguments: mistakes)
    func tells(_ sample: Mistake) throws {
        let error = try #require(throws: SettingsError.self) { try Self.read(sample.yaml) }
        let mistake = try #require(error.mistakes.first)
        #expect(mistake.line == sample.line)
        #expect(mistake.key == sample.key)
        #expect(mistake.message == sample.message)
    }

    @Test("every mistake of a file is told at once, in its order")
    func all() throws {
        let yaml = "store: x\nsources:\n  - {url: \"http://x/\"}\nalerts: {first_poll: loud}\nextra: 1\n"
        let error = try #require(throws: SettingsError.self) { try Self.read(yaml) }
        #expect(error.mistakes.map(\.line) == [1, 3, 4, 5])
    }

    @Test("what is no YAML is told with its line", arguments: [("a: [1,\nb: 2", 2), ("a: 1\n\tb: 2", 2)])
    func noYAML(text: String, line: Int) throws {
        let error = try #require(throws: SettingsError.self) { try Self.read(text) }
        let mistake = try #require(error.mistakes.first)
        #expect(mistake.message.hasPrefix("is not YAML"))
        #expect(mistake.line.map { abs($0 - line) <= 1 } ?? false)
    }

    @Test("a file that is not there is named")
    func missing() throws {
        let error = try #require(throws: SettingsError.self) {
            try Settings.read(path: "/nonexistent/t.yaml")
        }
        #expect(error.description == "/nonexistent/t.yaml: there is no such file")
    }

    @Test("sources are added behind the last one, and the rest of the file stays as it is")
    func adds() throws {
        let directory = "/tmp/tally-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let yaml = """
            # mine
            store: "sqlite::memory:"   # nowhere
            sources:
              # the first
              - {name: a, url: "http://a/"}

            alerts: {first_poll: alert}
            """
        _ = try Self.read(yaml, in: directory)
        let path = "\(directory)/t.yaml"
        let count = try SourceList.add(
            [("B \"b\"", "http://b/"), ("a", "http://c/"), ("x", "http://a/")],
            toConfigAt: path
        )
        #expect(count == 2)
        let settings = try Settings.read(path: path)
        #expect(settings.sources.map(\.name) == ["a", "B \"b\"", "a 2"])
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.contains("# mine\nstore: \"sqlite::memory:\"   # nowhere\n"))
        #expect(text.contains("\nalerts: {first_poll: alert}"))
    }

    private static func read(_ yaml: String, in directory: String? = nil) throws -> Settings {
        let directory =
            directory ?? FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let path = "\(directory)/t.yaml"
        try yaml.write(toFile: path, atomically: true, encoding: .utf8)
        return try Settings.read(path: path)
    }
}
