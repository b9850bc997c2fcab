/// What an element's name, role, class and id say about its text.
enum BoilerplateHints {
    enum Verdict: Equatable {
        /// Nothing speaks against it.
        case content
        /// It is never part of an article.
        case never
        /// It is not shown unless a script shows it: no part of an article unless hardly any text is
        /// elsewhere.
        case hidden
        /// It is no part of an article unless most of the page's text is in it.
        case unlessLarge
        /// It names the authors.
        case byline
    }

    private static let elements: Set<String> = [
        "aside", "caption", "dialog", "figcaption", "footer", "menu", "nav",
    ]

    private static let roles: Set<String> = [
        "alert", "alertdialog", "banner", "button", "complementary", "contentinfo", "dialog", "form", "menu",
        "menubar",
        "navigation", "search", "tablist", "toolbar", "tooltip",
    ]

    /// Source: the expressions of Readability.js and trafilatura, as words.
    private static let words: Set<String> = [
        "actionbar", "ad", "ads", "advert", "advertisement", "advertising", "banner", "bio", "biography",
        "bookmark",
        "breadcrumb", "breadcrumbs", "caption", "captions", "carousel", "comment", "commentlist", "comments",
        "consent", "cookie", "cookies", "copyright", "credit", "credits", "cta", "dfp", "dialog",
        "disclaimer",
        "disqus", "donate", "donation", "dropdown", "facebook", "flyout", "follow", "footer", "gdpr",
        "infobox", "jumplink", "keywords", "legal", "login", "masthead", "menu", "metabar", "modal",
        "mostpopular", "mostread", "mw-editsection", "nav", "navbar", "navigation", "newsletter",
        "newsletters",
        "noprint", "outbrain", "pager", "paginate", "pagination", "paywall", "popular", "popup", "prevnext",
        "print",
        "promo", "promotion", "pullquote", "rail", "readmore", "readnext", "recirc", "recirculation",
        "recommend",
        "recommendation", "recommendations", "recommended", "register", "related", "relatedarticles",
        "relatedposts",
        "replies", "respond", "rss", "screenreader", "search", "seealso", "share", "sharebar", "sharedaddy",
        "sharing", "shoutbox", "sidebar", "signin", "signup", "skiplink", "slideshow", "social", "socials",
        "sponsor",
        "sponsored", "sponsors", "subscribe", "subscription", "syndication", "taboola", "tag", "taglist",
        "tags",
        "teaser", "teasers", "toc", "toolbar", "tooltip", "topbar", "trending", "tweet", "twitter", "upsell",
        "utility", "visuallyhidden", "whatsapp", "yarpp",
    ]

    private static let bylineWords: Set<String> = [
        "author", "authors", "byline", "bylines", "contributors", "dateline", "postmeta", "pubdate",
        "published",
        "publishdate", "timestamp",
    ]

    private static let bodyNames: Set<String> = [
        "article-body", "article-content", "article-text", "article__body", "article__content", "articlebody",
        "articlecontent", "articletext", "entry-content", "post-body", "post-content", "post-entry",
        "post__content",
        "postbody", "postcontent", "story-body", "story-content", "story-text", "storybody", "storycontent",
        "storytext",
    ]

    static func verdict(on node: MarkupTree.Node) -> Verdict {
        let attributes = node.attributes
        if ElementNames.oftenUnclosed.contains(node.name) { return .unlessLarge }
        if ElementNames.unread.contains(node.name) { return .never }
        if attributes.isEmpty { return elements.contains(node.name) ? .unlessLarge : .content }
        if node.name == "body" || node.name == "html" { return .content }
        let style = attributes["style"]?.lowercased().filter { $0 != " " } ?? ""
        if attributes["hidden"] != nil || style.contains("display:none")
            || style.contains("visibility:hidden")
        {
            return .hidden
        }
        if attributes["aria-hidden"]?.lowercased() == "true" { return .hidden }
        if elements.contains(node.name) { return .unlessLarge }
        if let role = attributes["role"]?.lowercased(), roles.contains(role) { return .unlessLarge }
        if isArticleBody(node) || node.name == "main" || node.name == "article" { return .content }
        if attributes["itemprop"]?.lowercased() == "author" || attributes["rel"]?.lowercased() == "author" {
            return .byline
        }
        for name in names(of: node) {
            let parts = HintWords.words(of: name)
            // "has-sidebar" tells about the page and not about the element.
            if parts.contains(where: { ["has", "no", "with", "without"].contains($0) }) { continue }
            if ["hidden", "is-hidden", "more"].contains(name.lowercased()) { return .unlessLarge }
            if parts.contains(where: words.contains) || words.contains(parts.joined())
                || parts.joined().contains("tableofcontents")
            {
                return .unlessLarge
            }
            if parts.contains(where: bylineWords.contains) || parts == ["date"] { return .byline }
        }
        return .content
    }

    static func isArticleBody(_ node: MarkupTree.Node) -> Bool {
        if node.attributes["itemprop"]?.lowercased().contains("articlebody") == true { return true }
        return names(of: node).contains { name in
            let name = name.lowercased()
            return bodyNames.contains(name)
                || bodyNames.contains { name.hasSuffix("-" + $0) || name.hasSuffix("_" + $0) }
        }
    }

    static func isArticle(_ node: MarkupTree.Node) -> Bool {
        ["article", "main"].contains(node.name)
            || ["article", "main"].contains(node.attributes["role"]?.lowercased())
    }

    /// Whether an element is named as the place of a date.
    static func isDateline(_ node: MarkupTree.Node) -> Bool {
        names(of: node).contains { name in
            HintWords.words(of: name).contains {
                bylineWords.contains($0) || ["date", "datetime", "posted", "time", "updated"].contains($0)
            }
        }
    }

    /// Whether an element is named as the place of the authors.
    static func isByline(_ node: MarkupTree.Node) -> Bool {
        names(of: node).contains { name in
            HintWords.words(of: name).contains { ["author", "authors", "byline", "bylines"].contains($0) }
        }
    }

    private static func names(of node: MarkupTree.Node) -> [Substring] {
        let text = (node.attributes["class"] ?? "") + " " + (node.attributes["id"] ?? "")
        return text.split(whereSeparator: \.isWhitespace)
    }
}
