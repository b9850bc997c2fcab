/// What a document is to the parsers of this module.
public enum DocumentKind: Sendable {
    /// RSS, Atom, JSON Feed or a sitemap.
    case feed
    /// An HTML page.
    case page
    /// Plain text, and whatever is nothing else.
    case text
    /// An article as JSON: an object with a `text`.
    case articleJSON
}

/// Tells what a document is by its first bytes, and by its Content-Type where they do not say.
public enum DocumentSniffer {
    /// Returns the kind of a document; plain text is a page only where it begins like HTML or is declared as
    /// such.
    public static func kind(of bytes: [UInt8], contentType: String?) -> DocumentKind {
        let text = CharacterDecoder.text(of: Array(bytes.prefix(64 * 1024)), contentType: contentType)
        return kind(ofText: text, contentType: contentType) {
            CharacterDecoder.text(of: bytes, contentType: contentType)
        }
    }

    static func kind(ofText text: String, contentType: String?, whole: () -> String) -> DocumentKind {
        let type = (contentType ?? "").lowercased().prefix { $0 != ";" }.trimmed
        let start = text.unicodeScalars.drop { $0.properties.isWhitespace || $0 == "\u{FEFF}" }
        if start.first == "{", let object = JSONReader.value(of: whole())?.value {
            if object["version"]?.text?.contains("jsonfeed") == true || object["items"] != nil {
                return .feed
            }
            if object["text"] != nil { return .articleJSON }
            return .text
        }
        if let name = rootName(of: String(start)) {
            if feedNames.contains(name) { return .feed }
            if isHTML(name) { return .page }
            if type.hasSuffix("xml") { return type.contains("html") ? .page : .feed }
        }
        if ["text/html", "application/xhtml+xml"].contains(type) { return .page }
        if type.hasSuffix("+xml") || type.hasSuffix("/xml") { return .feed }
        let head = String(start.prefix(512)).lowercased()
        if let declaration = head.firstRange(of: "<?xml "),
            let name = rootName(of: String(head[declaration.lowerBound...]))
        {
            return feedNames.contains(name) ? .feed : isHTML(name) ? .page : .text
        }
        return .text
    }

    /// The lower-case name of the first element, past comments, declarations and the DOCTYPE (`html` for its
    /// own).
    static func rootName(of text: String) -> String? {
        var rest = text[...]
        while rest.first == "<" {
            let end: Range<Substring.Index>?
            if rest.hasPrefix("<!--") {
                end = rest.firstRange(of: "-->")
            } else if rest.hasPrefix("<?") {
                end = rest.firstRange(of: ">")
            } else if rest.hasPrefix("<!") {
                if rest.prefix(64).lowercased().replacing(" ", with: "").hasPrefix("<!doctypehtml") {
                    return "html"
                }
                guard rest.prefix(9).lowercased() == "<!doctype" else { return nil }
                let subset = rest.prefix { $0 != ">" }.contains("[")
                end = rest.firstRange(of: subset ? "]>" : ">") ?? rest.firstRange(of: ">")
            } else {
                let name = rest.dropFirst().prefix {
                    $0.isASCII && ($0.isLetter || $0.isNumber || ":-_".contains($0))
                }
                guard let first = name.first, first.isLetter else { return nil }
                let after = rest[name.endIndex...].first
                guard after == nil || after == ">" || after == "/" || after?.isWhitespace == true else {
                    return nil
                }
                return name.lowercased()
            }
            guard let end else { return nil }
            rest = rest[end.upperBound...].drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        }
        return nil
    }

    static let feedNames: Set<String> = [
        "atom:feed", "channel", "feed", "rdf", "rdf:rdf", "rss", "sitemapindex", "urlset",
    ]

    static func isHTML(_ name: String) -> Bool {
        ElementNames.blocks.contains(name) || ElementNames.unread.contains(name)
            || ["a", "b", "base", "br", "em", "font", "i", "img", "link", "meta", "span", "strong", "u"]
                .contains(name)
    }
}
