import ArgumentParser
import Fetching
import Foundation
import Parsing
import TallyModel

/// A document's bytes and what is known of them.
struct Document {
    let bytes: [UInt8]
    let contentType: String?
    let url: String
}

/// How to load a document from a file, a URL or standard input.
struct DocumentOption: ParsableArguments {
    @Option(name: .long, help: "A private network that may be reached, in CIDR notation (repeatable).")
    var allow: [String] = []

    static let maximumBytes = 64 << 20

    func load(_ name: String, url: String? = nil, contentType: String? = nil) async throws -> Document {
        if name == "-" {
            let data = try FileHandle.standardInput.readToEnd() ?? Data()
            return Document(bytes: Array(data), contentType: contentType, url: url ?? "")
        }
        if name.hasPrefix("http://") || name.hasPrefix("https://") {
            let response = try await fetch(name)
            let declared = contentType ?? response.header("content-type")
            return Document(bytes: response.body, contentType: declared, url: url ?? response.url)
        }
        let path = LocalDocuments.path(ofFileURL: name) ?? name
        do {
            let bytes = try LocalDocuments.read(path, maximumBytes: Self.maximumBytes)
            return Document(bytes: bytes, contentType: contentType, url: url ?? "")
        } catch {
            throw Failure.failed(error.description)
        }
    }

    func article(_ name: String, url: String? = nil, contentType: String? = nil) async throws -> Article {
        let document = try await load(name, url: url, contentType: contentType)
        do {
            return try ArticleExtractor().article(
                from: document.bytes,
                contentType: document.contentType,
                url: document.url
            )
        } catch {
            throw Failure.failed("\(name): \(error.description)")
        }
    }

    private func fetch(_ url: String) async throws -> FetchResponse {
        var configuration = FetchConfiguration()
        configuration.allowedNetworks = try allow.map { text in
            guard let range = NetworkRange(text) else {
                throw Failure.configuration("--allow: \(text) is no network such as 10.1.2.0/24")
            }
            return range
        }
        let fetcher = Fetcher(configuration: configuration)
        do {
            let response = try await fetcher.send(FetchRequest(url: url))
            await fetcher.close()
            guard (200..<300).contains(response.status) else {
                throw Failure.failed("\(url): HTTP status \(response.status)")
            }
            return response
        } catch let error as FetchError {
            throw Failure.failed("\(url): \(error.description)")
        }
    }
}
