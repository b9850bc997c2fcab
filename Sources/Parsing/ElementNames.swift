/// The elements of HTML by what they do to text
/// (<https://html.spec.whatwg.org/multipage/rendering.html#flow-content-3>).
enum ElementNames {
    /// Elements that begin and end a block.
    static let blocks: Set<String> = [
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog",
        "dir",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
        "h6",
        "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section",
        "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    ]

    /// Elements whose text is not read.
    static let unread: Set<String> = [
        "audio", "button", "canvas", "datalist", "embed", "head", "iframe", "input", "map", "meter",
        "noscript",
        "object", "option", "progress", "script", "select", "style", "svg", "template", "textarea", "title",
        "video",
    ]

    /// Elements of ``unread`` whose end is often missing, so that the rest of the page seems to be in them.
    static let oftenUnclosed: Set<String> = ["audio", "button", "canvas", "map", "object", "video"]
}
