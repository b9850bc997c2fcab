import Foundation
import TallyDaemon
import TallyModel
import Testing

/// The keys that say how sources are asked.
@Suite struct SourceSettingsTests {
    @Test("manners and secrets of a source are read, from the file and from files of their own")
    func manners() throws {
        let folder = try Folder()
        defer { folder.remove() }
        try "tok\n".write(toFile: "\(folder.path)/token", atomically: true, encoding: .utf8)
        let settings = try folder.read(
            """
            store: "sqlite::memory:"
            network: {contact: "https://desk.example/bot", per_host: {connections: 2, requests_per_second: 0.5}}
            defaults: {every: 10m, max_every: 2h, recheck: [1h, 1d], robots: ignore}
            sources:
              - {name: a, url: "https://a.example/", auth: {token_file: token}, headers: {X-Key: k, X-Other_file: token}}
              - {name: b, url: "https://b.example/", every: 5m, auth: {user: u, password: p}, recheck: [], robots: obey}
            """
        )
        #expect(settings.contact == "https://desk.example/bot")
        #expect(settings.transfersPerHost == 2)
        #expect(settings.requestsPerSecondPerHost == 0.5)
        let (first, second) = (settings.sources[0], settings.sources[1])
        #expect(
            first.manners.privateHeaders == [
                HeaderField("Authorization", "Bearer tok"), HeaderField("X-Key", "k"),
                HeaderField("X-Other", "tok"),
            ]
        )
        #expect(first.recheckAges == [3600, 86400])
        #expect(!first.manners.obeysRobots)
        #expect(second.manners.privateHeaders == [HeaderField("Authorization", "Basic dTpw")])
        #expect(second.recheckAges.isEmpty)
        #expect(second.manners.obeysRobots)
        #expect([first, second].map(\.maximumEverySeconds) == [7200, 7200])
    }

    @Test("what is not said has its defaults")
    func defaults() throws {
        let folder = try Folder()
        defer { folder.remove() }
        let settings = try folder.read(
            "store: \"sqlite::memory:\"\nsources:\n  - {name: a, url: \"https://a.example/\"}\n"
        )
        let source = try #require(settings.sources.first)
        #expect(source.everySeconds == 600)
        #expect(source.maximumEverySeconds == 2400)
        #expect(source.manners == SourceManners())
        #expect(source.recheckAges == Source.usualRecheckAges)
    }

    @Test("how hubs reach the daemon is read; without it none is asked")
    func webSub() throws {
        let folder = try Folder()
        defer { folder.remove() }
        let head = "store: \"sqlite::memory:\"\n"
        #expect(try folder.read(head).webSub == nil)
        let text =
            head + "websub: {listen: \"[::1]:8097\", public: \"https://desk.example/hub/\", every: 2h}\n"
        var expected = WebSubSettings(host: "::1", port: 8097, publicURL: "https://desk.example/hub")
        expected.everySeconds = 7200
        #expect(try folder.read(text).webSub == expected)
        let mistakes = [
            ("{public: \"https://desk.example\"}", "websub.listen: is missing"),
            ("{listen: \"127.0.0.1:8097\"}", "websub.public: is missing"),
            (
                "{listen: 8097, public: \"https://desk.example\"}",
                "websub.listen: must be an address and a port"
            ),
            (
                "{listen: \"127.0.0.1:8097\", public: desk.example}",
                "websub.public: must be the http or https URL"
            ),
            (
                "{listen: \"127.0.0.1:8097\", public: \"https://desk.example/?a=b\"}",
                "websub.public: must be the http or https URL"
            ),
            (
                "{listen: \"127.0.0.1:8097\", public: \"https://d.example\", lease: 1d}",
                "websub.lease: is unknown"
            ),
        ]
        for (value, message) in mistakes {
            let error = try #require(throws: SettingsError.self) {
                try folder.read("\(head)websub: \(value)\n")
            }
            #expect(error.description.contains(message), "\(error)")
        }
    }

    struct Mistake: CustomTestStringConvertible, Sendable {
        let shows: String
        let source: String
        let key: String
        let message: String
        var testDescription: String { shows }
    }

    static let mistakes = [
        Mistake(
            shows: "a file that is not there",
            source: "auth: {token_file: /nonexistent/token}",
            key: "auth.token_file",
            message: "/nonexistent/token cannot be read"
        ),
        Mistake(
            shows: "neither user nor token",
            source: "auth: {}",
            key: "auth.token",
            message: "is missing"
        ),
        Mistake(
            shows: "a user without a password",
            source: "auth: {user: u}",
            key: "auth.password",
            message: "is missing"
        ),
        Mistake(
            shows: "a password without a user",
            source: "auth: {password: s3cret}",
            key: "auth.user",
            message: "is missing"
        ),
        Mistake(
            shows: "a user and a token",
            source: "auth: {user: a, password: s3cret, token: s3cret}",
            key: "auth",
            message: "must be a user with a password, or a token, and not both"
        ),
        Mistake(
            shows: "a password that stands in a file too",
            source: "auth: {user: a, password: s3cret, password_file: /dev/null}",
            key: "auth.password",
            message: "stands beside password_file: one of them is enough"
        ),
        Mistake(
            shows: "a user with a colon",
            source: "auth: {user: \"a:b\", password: s3cret}",
            key: "auth.user",
            message: "must not contain a colon"
        ),
        Mistake(
            shows: "a value of two lines",
            source: "headers: {X-Key: \"s3cret\\nX-Other: 1\"}",
            key: "headers.X-Key",
            message: "must be one line"
        ),
        Mistake(
            shows: "a name that is none",
            source: "headers: {\"X Key\": s3cret}",
            key: "headers.X Key",
            message: "is no name of a header field"
        ),
        Mistake(
            shows: "a field that is not the operator's",
            source: "headers: {Host: s3cret}",
            key: "headers.Host",
            message: "is a field that Tallywatch sets itself"
        ),
        Mistake(
            shows: "ages that do not grow",
            source: "recheck: [1h, 10m]",
            key: "recheck",
            message: "must be ages that grow, such as [10m, 1h, 1d]"
        ),
        Mistake(
            shows: "a longest interval below the interval",
            source: "max_every: 1m",
            key: "max_every",
            message: "must not be shorter than every"
        ),
        Mistake(
            shows: "another word on robots",
            source: "robots: maybe",
            key: "robots",
            message: "must be one of obey, ignore"
        ),
    ]

    @Test("a mistake is told with its key, and no secret with it", arguments: mistakes)
    func tells(_ sample: Mistake) throws {
        let folder = try Folder()
        defer { folder.remove() }
        let error = try #require(throws: SettingsError.self) {
            try folder.read(
                "store: \"sqlite::memory:\"\nsources:\n  - {name: a, url: \"https://a.example/\", \(sample.source)}\n"
            )
        }
        let mistake = try #require(error.mistakes.first)
        #expect(mistake.key == "sources[0].\(sample.key)")
        #expect(mistake.message == sample.message)
        #expect(mistake.line == 3)
        #expect(!error.description.contains("s3cret"))
    }

    @Test(
        "what is wrong with the network is told",
        arguments: [
            ("contact: \"two words\"", "network.contact"),
            ("per_host: {connections: 0}", "network.per_host.connections"),
            ("per_host: {requests_per_second: -1}", "network.per_host.requests_per_second"),
            (
                "per_host: {connections: 1.5, requests_per_second: 1001}",
                "network.per_host.connections network.per_host.requests_per_second"
            ),
        ]
    )
    func network(text: String, keys: String) throws {
        let folder = try Folder()
        defer { folder.remove() }
        let error = try #require(throws: SettingsError.self) {
            try folder.read("store: \"sqlite::memory:\"\nnetwork: {\(text)}\n")
        }
        #expect(error.mistakes.map(\.key).joined(separator: " ") == keys)
    }

    @Test(
        "a URL that cannot be asked is told before it is, and no password with it",
        arguments: [
            ("http://example.org:99999/", "port number"),
            ("http://example.org:http/", "port number"),
            ("http://user:s3cret@[::1/", "IPv6"),
            ("http://user:s3cret@ex ample.org/", "a space or a backslash"),
            (#"http://example.org\\@127.0.0.1/"#, "a space or a backslash"),
            (#"http://example.org/\nfeed"#, "a line break"),
            ("file://host/feed.xml", "no file of this machine"),
        ]
    )
    func url(_ url: String, fault: String) throws {
        let folder = try Folder()
        defer { folder.remove() }
        let error = try #require(throws: SettingsError.self) {
            try folder.read("store: \"sqlite::memory:\"\nsources:\n  - {name: a, url: \"\(url)\"}\n")
        }
        #expect(error.mistakes.map(\.key) == ["sources[0].url"])
        #expect(error.description.contains(fault))
        #expect(!error.description.contains("s3cret"))
    }

    @Test(
        "a URL that servers have stays one",
        arguments: [
            "http://münchen.example/a b?c d#e", "HTTP://EXAMPLE.org",
            "https://user:pass@example.org:8443/?q=\\{}",
            "http://[::1]:80/", "http://example.org?q=1", "file:///tmp/a", "file://localhost/tmp/a",
        ]
    )
    func wellURL(_ url: String) throws {
        let folder = try Folder()
        defer { folder.remove() }
        let settings = try folder.read(
            "store: \"sqlite::memory:\"\nsources:\n  - {name: a, url: '\(url)'}\n"
        )
        #expect(settings.sources.map(\.url) == [url])
    }
}

/// A directory of its own for a configuration.
private struct Folder {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("tally-\(UUID().uuidString)")
        .path

    init() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    func read(_ yaml: String) throws -> Settings {
        try yaml.write(toFile: "\(path)/t.yaml", atomically: true, encoding: .utf8)
        return try Settings.read(path: "\(path)/t.yaml")
    }

    func remove() {
        // What is left behind in the temporary directory harms nobody.
        try? FileManager.default.removeItem(atPath: path)
    }
}
