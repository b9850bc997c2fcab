import FoundationEssentials

/// What a page's JSON-LD says about its article (<https://schema.org/NewsArticle>).
struct LinkedData {
    /// The scripts that are read; no honest page has more.
    private static let maximumScripts = 50
    /// The bytes of all those scripts that are read.
    private static let maximumBytes = 2_000_000
    /// The bytes of a headline or of a name.
    private static let maximumLineBytes = 4000
    private static let maximumAuthors = 50

    private(set) var headline = ""
    private(set) var publisher = ""
    private(set) var authors: [String] = []
    private(set) var published: DateText.Moment?
    private(set) var modified: DateText.Moment?
    /// Whether the article is free to read; `nil` where the page does not say.
    private(set) var isFree: Bool?
    /// Whether the page is a live blog (<https://schema.org/LiveBlogPosting>).
    private(set) var isLive = false
    /// The article's text, where the page gives it.
    private(set) var body = ""
    private(set) var language: String?

    init(tree: PageTree) {
        let plain = PlainText(parser: MarkupParser(configuration: .init()))
        func line(_ text: String) -> String {
            plain.line(String(decoding: text.utf8.prefix(Self.maximumLineBytes), as: UTF8.self))
        }
        var bytes = Self.maximumBytes
        var things: [JSONValue] = []
        var scripts = 0
        for index in tree.nodes.indices
        where tree[index].element == .script && Int(tree[index].end) == index + 2 {
            scripts += 1
            guard scripts <= Self.maximumScripts, bytes > 0 else { break }
            // A script holds one text, and JSON that lacks its end is read as far as it goes.
            let script = tree.text(at: index + 1).prefix(bytes)
            bytes -= script.count
            guard let value = Self.value(of: String(decoding: script, as: UTF8.self)) else { continue }
            Self.collect(value, into: &things, depth: 0)
        }
        let names = Dictionary(
            things.compactMap { thing in
                thing["@id"]?.text.flatMap { id in thing["name"]?.text.map { (id, $0) } }
            },
            uniquingKeysWith: { first, _ in first }
        )
        func name(of value: JSONValue) -> String? {
            (value["name"]?.elements.first?.text ?? value["@id"]?.text.flatMap { names[$0] } ?? value.text)
                .map(line)
        }
        for thing in things where Self.isArticle(thing) {
            isLive = isLive || thing["@type"]?.elements.contains { $0.text == "LiveBlogPosting" } == true
            if headline.isEmpty {
                headline = (thing["headline"]?.text ?? thing["name"]?.text).map(line) ?? ""
            }
            if publisher.isEmpty { publisher = thing["publisher"]?.elements.first.flatMap(name(of:)) ?? "" }
            if authors.isEmpty {
                let all = (thing["author"] ?? thing["creator"])?.elements ?? []
                var seen: Set<String> = []
                authors = all.prefix(Self.maximumAuthors).compactMap(name(of:)).flatMap(PersonName.names(in:))
                    .filter {
                        seen.insert($0).inserted && PageTitle.key($0) != PageTitle.key(publisher)
                    }
            }
            published = published ?? thing["datePublished"]?.text.flatMap(DateText.moment(from:))
            modified = modified ?? thing["dateModified"]?.text.flatMap(DateText.moment(from:))
            language = language ?? thing["inLanguage"]?.text
            isFree = isFree ?? thing["isAccessibleForFree"].flatMap(Self.truth(of:))
            if body.isEmpty { body = thing["articleBody"]?.text ?? "" }
        }
        if URLText.isAbsolute(publisher) { publisher = "" }
    }
}

extension LinkedData {
    /// The JSON of a script, which may stand in a comment or in CDATA.
    private static func value(of script: String) -> JSONValue? {
        var text = script[...]
        if let wrapper = text.prefix(200).firstRange(of: "CDATA[") { text = text[wrapper.upperBound...] }
        text = text.drop { $0 != "{" && $0 != "[" }
        return text.isEmpty ? nil : JSONReader.value(of: String(text))?.value
    }

    /// `false` is written as a word, as a text and as an address.
    private static func truth(of value: JSONValue) -> Bool? {
        if case .boolean(let value) = value { return value }
        guard let word = value.text?.lowercased() else { return nil }
        return word.hasSuffix("true") ? true : word.hasSuffix("false") ? false : nil
    }

    /// All objects, those of `@graph` and `mainEntity` too.
    private static func collect(_ value: JSONValue, into things: inout [JSONValue], depth: Int) {
        guard depth < 6, things.count < 500 else { return }
        for element in value.elements {
            guard case .object = element else { continue }
            things.append(element)
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement"] {
                if let inner = element[key] { collect(inner, into: &things, depth: depth + 1) }
            }
        }
    }

    private static func isArticle(_ thing: JSONValue) -> Bool {
        (thing["@type"]?.elements ?? []).contains { type in
            guard let name = type.text else { return false }
            return name.hasSuffix("Article") || name.hasSuffix("Posting") || name == "Report"
                || name == "NewsStory"
        }
    }
}
