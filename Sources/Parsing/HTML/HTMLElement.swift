/// The elements of HTML that are told apart, and what they do to text
/// (<https://html.spec.whatwg.org/multipage/indices.html#elements-3>).
enum HTMLElement: UInt8, CaseIterable, Sendable {
    /// A text, the document, an element that HTML does not know.
    case text, document, unknown
    case a, abbr, address, annotation, area, article, aside, audio, b, base, bdi, bdo, big, blockquote, body,
        br, button
    case canvas, caption, center, cite, code, col, colgroup, data, datalist, dd, del, details, dfn, dialog,
        dir
    case div, dl, dt, em, embed, fieldset, figcaption, figure, font, footer, form, frame, frameset
    case h1, h2, h3, h4, h5, h6, head, header, hgroup, hr, html, i, iframe, img, input, ins, kbd, label,
        legend
    case li, link, main, map, mark, math, menu, meta, meter, nav, nobr, noembed, noframes, noscript, object,
        ol
    case optgroup, option, output, p, param, picture, plaintext, pre, progress, q, rp, rt, ruby, s, samp,
        script
    case search, section, select, small, source, span, strike, strong, style, sub, summary, sup, svg
    case table, tbody, td, template, textarea, tfoot, th, thead, time, title, tr, track, tt, u, ul
    case `var`, video, wbr, xmp

    static let names = NameTable(
        allCases.dropFirst(3).map { (name: "\($0)", value: $0.rawValue) }
    )

    /// Returns the element of a lower-case name.
    @inline(__always)
    static func named(_ hash: NameHash) -> HTMLElement {
        names[hash].flatMap(HTMLElement.init(rawValue:)) ?? .unknown
    }
}

extension HTMLElement {
    /// Elements without an end.
    var isVoid: Bool {
        switch self {
        case .area, .base, .br, .col, .embed, .frame, .hr, .img, .input, .link, .meta, .param, .source,
            .track,
            .wbr:
            true
        default: false
        }
    }

    /// Elements whose content is no markup
    /// (<https://html.spec.whatwg.org/multipage/parsing.html#parsing-html-fragments>).
    var isRawText: Bool {
        switch self {
        case .iframe, .noembed, .noframes, .noscript, .script, .style, .textarea, .title, .xmp: true
        default: false
        }
    }

    /// Elements that begin and end a block
    /// (<https://html.spec.whatwg.org/multipage/rendering.html#flow-content-3>).
    var isBlock: Bool {
        switch self {
        case .document, .address, .article, .aside, .blockquote, .body, .caption, .center, .dd, .details,
            .dialog,
            .dir, .div, .dl, .dt, .fieldset, .figcaption, .figure, .footer, .form, .h1, .h2, .h3, .h4, .h5,
            .h6,
            .header, .hgroup, .hr, .html, .legend, .li, .main, .menu, .nav, .ol, .p, .plaintext, .pre,
            .search,
            .section, .summary, .table, .tbody, .td, .tfoot, .th, .thead, .tr, .ul, .xmp, .option, .optgroup:
            true
        default: false
        }
    }

    /// Elements before whose start an open paragraph ends
    /// (<https://html.spec.whatwg.org/multipage/grouping-content.html#the-p-element>).
    var closesParagraph: Bool {
        switch self {
        case .address, .article, .aside, .blockquote, .center, .details, .dialog, .dir, .div, .dl, .dd, .dt,
            .fieldset, .figcaption, .figure, .footer, .form, .h1, .h2, .h3, .h4, .h5, .h6, .header, .hgroup,
            .hr,
            .li, .main, .menu, .nav, .ol, .p, .plaintext, .pre, .search, .section, .summary, .table, .ul,
            .xmp:
            true
        default: false
        }
    }

    /// Elements that hold what is looked for in vain past their start: the scope's barriers
    /// (<https://html.spec.whatwg.org/multipage/parsing.html#has-an-element-in-the-specific-scope>).
    var isScopeBarrier: Bool {
        switch self {
        case .document, .html, .caption, .table, .td, .th, .object, .template: true
        default: false
        }
    }

    var isHeading: Bool {
        switch self {
        case .h1, .h2, .h3, .h4, .h5, .h6: true
        default: false
        }
    }

    /// Elements that only belong into the head.
    var isMetadata: Bool {
        switch self {
        case .base, .head, .html, .link, .meta, .noscript, .script, .style, .template, .title: true
        default: false
        }
    }

    /// Elements whose text no article holds.
    var isUnread: Bool {
        switch self {
        case .annotation, .audio, .button, .canvas, .datalist, .embed, .head, .iframe, .input, .map, .meter,
            .noembed,
            .noframes, .noscript, .object, .optgroup, .option, .progress, .script, .select, .style, .svg,
            .template,
            .textarea, .title, .video:
            true
        default: false
        }
    }

    /// Unread elements whose end is often missing, so that the rest of the page seems to be in them.
    var isOftenUnclosed: Bool {
        switch self {
        case .audio, .button, .canvas, .map, .object, .video: true
        default: false
        }
    }
}
