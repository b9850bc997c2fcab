/// The attributes that are read; all others are skipped.
enum HTMLAttribute: UInt8, CaseIterable, Sendable {
    case ariaHidden = 1
    case ariaLabel, ariaLevel, `class`, content, dataComponent, dataTestid, datetime, hidden, href, httpEquiv,
        id
    case itemprop, itemtype, lang, name, property, pubdate, rel, role, shadowrootmode, style, type, xmlLang

    static let names = NameTable(
        allCases.map { attribute in
            let name: String =
                switch attribute {
                case .ariaHidden: "aria-hidden"
                case .ariaLabel: "aria-label"
                case .ariaLevel: "aria-level"
                case .dataComponent: "data-component"
                case .dataTestid: "data-testid"
                case .httpEquiv: "http-equiv"
                case .xmlLang: "xml:lang"
                default: "\(attribute)"
                }
            return (name: name, value: attribute.rawValue)
        }
    )
}
