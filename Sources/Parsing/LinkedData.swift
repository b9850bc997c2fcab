import FoundationEssentials

/// What a page's JSON-LD says about its article (<https://schema.org/NewsArticle>).
struct LinkedData {
    private(set) var headline = ""
    private(set) var publisher = ""
    private(set) var authors: [String] = []
    private(set) var published: Date?
    private(set) var modified: Date?
    private(set) var language: String?

    init(tree: MarkupTree) {
        let plain = PlainText(parser: MarkupParser(configuration: .init()))
        var things: [JSONValue] = []
        for index in tree.nodes.indices where tree[index].name == "script" {
            guard tree[index].attributes["type"]?.lowercased().contains("ld+json") == true else { continue }
            guard
                let start = tree.text(of: index).drop(while: { $0 != "{" && $0 != "[" }).first.map({ _ in
                    String(tree.text(of: index).drop { $0 != "{" && $0 != "[" })
                }), let value = JSONReader.value(of: start)?.value
            else { continue }
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
                .map(plain.line)
        }
        for thing in things where Self.isArticle(thing) {
            if headline.isEmpty {
                headline = (thing["headline"]?.text ?? thing["name"]?.text).map(plain.line) ?? ""
            }
            if publisher.isEmpty { publisher = thing["publisher"]?.elements.first.flatMap(name(of:)) ?? "" }
            if authors.isEmpty {
                let all = (thing["author"] ?? thing["creator"])?.elements ?? []
                var seen: Set<String> = []
                authors = all.compactMap(name(of:)).flatMap(PersonName.names(in:)).filter {
                    seen.insert($0).inserted && PageTitle.key($0) != PageTitle.key(publisher)
                }
            }
            published = published ?? thing["datePublished"]?.text.flatMap(DateText.date(from:))
            modified = modified ?? thing["dateModified"]?.text.flatMap(DateText.date(from:))
            language = language ?? thing["inLanguage"]?.text
        }
        if URLText.isAbsolute(publisher) { publisher = "" }
    }
}

extension LinkedData {
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
            return name.hasSuffix("Article") || name.hasSuffix("BlogPosting") || name == "Report"
                || name == "NewsStory"
        }
    }
}
