import CLibXML2

/// Reads HTML with libxml2 and copies the result into a ``MarkupTree``.
///
/// Entities are never substituted, external things never loaded, and libxml2's own limits stay in force:
/// `XML_PARSE_NOENT`, `DTDLOAD` and `HUGE` are not set
/// (<https://gnome.pages.gitlab.gnome.org/libxml2/html/parser.html>).
struct MarkupParser {
    let configuration: ParsingConfiguration

    /// Reads an HTML page or a fragment of one.
    func tree(ofHTML text: String) -> MarkupTree {
        // The parser stops at a zero byte.
        var text = text.utf8.contains(0) ? String(text.map { $0 == "\0" ? " " : $0 }) : text
        text = AttributeLimit.applied(to: text)
        let builder = HTMLTreeBuilder(configuration: configuration)
        text.withUTF8 { buffer in
            let buffer = UnsafeBufferPointer(rebasing: buffer.prefix(configuration.maximumDocumentBytes))
            buffer.withMemoryRebound(to: CChar.self) { builder.read($0) }
        }
        return builder.tree
    }
}
