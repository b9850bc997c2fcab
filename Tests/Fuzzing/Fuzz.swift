import Foundation
import TallyModel

@testable import Parsing

/// One reader on one input of libFuzzer's making (<https://llvm.org/docs/LibFuzzer.html>).
///
/// `Scripts/fuzz.sh` builds and runs it; `TALLYWATCH_FUZZ_READER` names the reader.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    reader(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

/// The program itself: the package manager names its entry point after the target.
@_cdecl("fuzz_main")
public func fuzzMain(
    _ count: CInt,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> CInt {
    var count = count
    var arguments = arguments
    return runDriver(&count, &arguments) { fuzzOneInput($0, $1) }
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

private let reader: @Sendable ([UInt8]) -> Void = {
    switch ProcessInfo.processInfo.environment["TALLYWATCH_FUZZ_READER"] {
    case "feed": readFeed
    case "html": readPage
    case "url": readURL
    case "date": readDate
    case "json": readJSON
    default: fatalError("TALLYWATCH_FUZZ_READER must be feed, html, url, date or json")
    }
}()

@Sendable private func readFeed(_ bytes: [UInt8]) {
    guard let feed = try? FeedParser().feed(from: bytes, contentType: nil, url: "https://fuzz.example/a/b")
    else {
        return
    }
    // No two entries are the same one, and none is nothing.
    precondition(Set(feed.entries.map(\.id)).count == feed.entries.count)
    precondition(feed.entries.allSatisfy { !$0.id.isEmpty })
    _ = try? OPML.outlines(from: bytes)
}

@Sendable private func readPage(_ bytes: [UInt8]) {
    _ = DocumentSniffer.kind(of: bytes, contentType: nil)
    _ = FeedDiscovery.feeds(in: bytes, contentType: nil, url: "https://fuzz.example/")
    _ = try? ArticleExtractor().article(from: bytes, contentType: "text/html", url: "https://fuzz.example/a")
}

@Sendable private func readURL(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    let canonical = URLText.canonical(text)
    precondition(URLText.canonical(canonical) == canonical)
    let absolute = URLText.absolute(text, base: "https://fuzz.example/a/b?c#d")
    _ = URLText.absolute("../e", base: absolute)
    _ = URLText.origin(of: text)
    _ = RobotsText(text).allows("/a/b?c", agent: "tallywatch")
    _ = RobotsText("User-agent: *\nDisallow: \(text)").allows(text, agent: "tallywatch")
}

@Sendable private func readDate(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    if let date = DateText.date(from: text) { precondition(Timestamp.text(of: date).utf8.count >= 20) }
    _ = HTTPDate.date(from: text)
}

@Sendable private func readJSON(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    _ = JSONReader.value(of: text)
    _ = try? FeedParser().feed(from: Array("{\"items\": [".utf8) + bytes, contentType: nil, url: "")
}
