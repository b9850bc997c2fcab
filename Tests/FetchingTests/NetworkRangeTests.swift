import Fetching
import Foundation
import TallyModel
import Testing

@Suite struct NetworkRangeTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let range: String
        let address: [UInt8]
        let isInside: Bool
        var testDescription: String { "\(range) \(address)" }
    }

    static let cases = [
        Case(range: "10.0.0.0/8", address: [10, 255, 0, 1], isInside: true),
        Case(range: "10.0.0.0/8", address: [11, 0, 0, 1], isInside: false),
        Case(range: "192.168.4.0/22", address: [192, 168, 7, 255], isInside: true),
        Case(range: "192.168.4.0/22", address: [192, 168, 8, 0], isInside: false),
        Case(range: "0.0.0.0/0", address: [8, 8, 8, 8], isInside: true),
        Case(range: "127.0.0.1", address: [127, 0, 0, 1], isInside: true),
        Case(range: "127.0.0.1", address: [127, 0, 0, 2], isInside: false),
        Case(range: "fd00::/8", address: [0xfd] + [UInt8](repeating: 1, count: 15), isInside: true),
        Case(range: "fd00::/8", address: [10, 0, 0, 1], isInside: false),
    ]

    @Test("a range holds the addresses of its prefix", arguments: cases)
    func contains(_ sample: Case) throws {
        #expect(try #require(NetworkRange(sample.range)).contains(sample.address) == sample.isInside)
    }

    @Test(
        "what is no range is refused",
        arguments: ["", "10.0.0.0/33", "10.0.0/8", "fd00::/129", "a/8", "10.0.0.0/", "1.2.3.4/8/8"]
    )
    func refuses(_ text: String) {
        #expect(NetworkRange(text) == nil)
    }
}

@Suite struct FreshnessTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let shows: String
        let status: Int
        let headers: [HeaderField]
        let seconds: Double?
        var testDescription: String { shows }
    }

    static let cases = [
        Case(
            shows: "max-age",
            status: 200,
            headers: [HeaderField("Cache-Control", "public, max-age=300")],
            seconds: 300
        ),
        Case(
            shows: "max-age less age",
            status: 304,
            headers: [
                HeaderField("cache-control", "max-age=300"), HeaderField("age", "100"),
            ],
            seconds: 200
        ),
        Case(
            shows: "no-cache",
            status: 200,
            headers: [HeaderField("cache-control", "no-cache, max-age=300")],
            seconds: nil
        ),
        Case(shows: "nothing", status: 200, headers: [], seconds: nil),
        Case(
            shows: "retry after seconds",
            status: 429,
            headers: [HeaderField("Retry-After", "120")],
            seconds: 120
        ),
        Case(
            shows: "retry after a date",
            status: 503,
            headers: [
                HeaderField("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")
            ],
            seconds: 37
        ),
        Case(
            shows: "retry after nonsense",
            status: 503,
            headers: [HeaderField("retry-after", "soon")],
            seconds: nil
        ),
        Case(
            shows: "a retry-after of a good answer is none",
            status: 200,
            headers: [
                HeaderField("retry-after", "120")
            ],
            seconds: nil
        ),
    ]

    @Test("what a server asks for", arguments: cases)
    func minimumSeconds(_ sample: Case) throws {
        let now = try #require(Timestamp.date(from: "1994-11-06T08:49:00Z"))
        let response = FetchResponse(status: sample.status, url: "", headers: sample.headers)
        #expect(Freshness.minimumSeconds(of: response, now: now) == sample.seconds)
    }
}

@Suite struct LocalDocumentsTests {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)

    @Test("a folder gives its documents by name, and nothing hidden or of another kind")
    func lists() throws {
        try FileManager.default.createDirectory(
            at: directory.appendingPathComponent("sub.html"),
            withIntermediateDirectories: true
        )
        defer { try? FileManager.default.removeItem(at: directory) }
        for name in ["b.html", "a é.txt", ".hidden.html", "notes.pdf", "c.JSON"] {
            try Data("x".utf8).write(to: directory.appendingPathComponent(name))
        }
        let documents = try LocalDocuments.list(directory: directory.path)
        #expect(documents.map { URL(string: $0.url)?.lastPathComponent } == ["a é.txt", "b.html", "c.JSON"])
        #expect(documents.allSatisfy { LocalDocuments.path(ofFileURL: $0.url) == $0.path && $0.size == 1 })
    }

    @Test("a file that is missing, a folder or too large is named with the reason")
    func reads() throws {
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let path = directory.appendingPathComponent("a.txt").path
        #expect(throws: FetchError.unreadable("\(path): No such file or directory")) {
            try LocalDocuments.read(path, maximumBytes: 10)
        }
        #expect(throws: FetchError.unreadable("\(directory.path): is no regular file")) {
            try LocalDocuments.read(directory.path, maximumBytes: 10)
        }
        try Data("0123456789".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: FetchError.bodyTooLarge(limit: 9)) { try LocalDocuments.read(path, maximumBytes: 9) }
        #expect(try LocalDocuments.read(path, maximumBytes: 10) == Array("0123456789".utf8))
    }
}
