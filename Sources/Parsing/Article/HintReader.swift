/// Reads what an element's name, role, class and id say about its text.
struct HintReader {
    private static let words = HintKind.table("hint-words.tsv", PackageResources.hint_words_tsv)
    private static let names = HintKind.table("hint-names.tsv", PackageResources.hint_names_tsv)

    private static let asideRoles = NameTable(
        [
            "alert", "alertdialog", "banner", "button", "complementary", "contentinfo", "dialog", "form",
            "menu",
            "menubar", "navigation", "search", "tablist", "toolbar", "tooltip",
        ].map { (name: $0, value: 1) }
    )

    private let words = Self.words
    private let names = Self.names
    private let roles = Self.asideRoles

    /// Returns what is to be said of a node.
    func hints(of tree: PageTree, at index: Int) -> Hints {
        let node = tree[index]
        if node.element == .text { return [] }
        if node.element.isUnread {
            if node.element == .button, Self.isAboutHeading(index, in: tree) { return [] }
            return node.element.isOftenUnclosed ? .aside : .unread
        }
        var result = Self.hints(of: node.element)
        guard node.count > 0, node.element != .body, node.element != .html else { return result }
        for place in Int(node.first)..<Int(node.first + node.count) {
            let attribute = tree.attributes[place]
            let value = tree.bytes[Int(attribute.start)..<Int(attribute.start + attribute.count)]
            switch attribute.name {
            case .class:
                var hints = hints(ofNames: value)
                // `hidden md:block` is shown on wide screens.
                if hints.contains(.hidden), Self.isShownSomewhere(value) { hints.remove(.hidden) }
                result.formUnion(hints)
            case .id, .dataTestid, .dataComponent:
                // A longer one is made of a heading's words.
                if Self.wordCount(of: value) <= 4 { result.formUnion(hints(ofNames: value)) }
            case .role: if roles[Self.lowercasedHash(value)] != nil { result.insert(.aside) }
            case .hidden: result.insert(.hidden)
            case .ariaHidden: if value.elementsEqual("true".utf8) { result.insert(.hidden) }
            case .style: if Self.isHiding(value) { result.insert(.hidden) }
            case .itemprop:
                if Self.contains(value, "articleBody") { result.insert(.body) }
                if Self.contains(value, "liveBlogUpdate") { result.insert(.livePost) }
                if value.elementsEqual("author".utf8) { result.insert(.byline) }
            case .rel: if value.elementsEqual("author".utf8) { result.insert(.byline) }
            default: break
            }
        }
        // The answers of an accordion are shown to whoever asks.
        if result.contains(.hidden), let names = tree.bytes(of: .class, at: index),
            Self.contains(names, "accordion") || Self.contains(names, "faq")
        {
            result.remove(.hidden)
        }
        // React streams a page's parts in hidden elements and moves them into their places.
        if let id = tree.bytes(of: .id, at: index), id.starts(with: "S:".utf8) { result.remove(.hidden) }
        return result
    }

    /// Whether a button opens what a heading in it or around it names: the questions of an accordion are so.
    private static func isAboutHeading(_ index: Int, in tree: PageTree) -> Bool {
        let parent = tree[Int(tree[index].parent)].element
        return parent.isHeading || parent == .dt
            || tree.descendants(of: index).prefix(12).contains { tree[$0].element.isHeading }
    }

    private static func hints(of element: HTMLElement) -> Hints {
        switch element {
        case .aside, .dialog, .footer, .menu, .nav: .aside
        case .figcaption: .caption
        default: []
        }
    }

    private static func isShownSomewhere(_ names: ArraySlice<UInt8>) -> Bool {
        [":block", ":flex", ":grid", ":inline", "-block", "-flex", "-inline"].contains {
            String(decoding: names, as: UTF8.self).contains($0)
        }
    }

    private static func wordCount(of name: ArraySlice<UInt8>) -> Int {
        var count = 0
        var isInWord = false
        for byte in name {
            if byte.isASCIILetter, !isInWord { count += 1 }
            isInWord = byte.isASCIILetter
        }
        return count
    }

    private static func lowercasedHash(_ value: ArraySlice<UInt8>) -> NameHash {
        NameHash(of: value.lazy.map(\.asciiLowercased))
    }

    private static func isHiding(_ style: ArraySlice<UInt8>) -> Bool {
        guard style.count >= 10 else { return false }
        let text = String(decoding: style.lazy.filter { $0 != 0x20 }.map(\.asciiLowercased), as: UTF8.self)
        return text.contains("display:none") || text.contains("visibility:hidden")
    }

    static func contains(_ value: ArraySlice<UInt8>, _ word: StaticString) -> Bool {
        let length = word.utf8CodeUnitCount
        guard value.count >= length else { return false }
        return (value.startIndex...value.endIndex - length).contains { start in
            (0..<length).allSatisfy {
                value[start + $0].asciiLowercased == word.utf8Start[$0].asciiLowercased
            }
        }
    }
}

extension HintReader {
    /// What the names of a `class` or an `id` say.
    private func hints(ofNames value: ArraySlice<UInt8>) -> Hints {
        value.withUnsafeBufferPointer { bytes in
            var result: Hints = []
            var place = 0
            while place < bytes.count {
                while place < bytes.count, bytes[place].isASCIISpace { place += 1 }
                let start = place
                while place < bytes.count, !bytes[place].isASCIISpace { place += 1 }
                if place > start, place - start <= 120 {
                    result.formUnion(hints(ofName: UnsafeBufferPointer(rebasing: bytes[start..<place])))
                }
            }
            return result
        }
    }

    /// What one name says: by its words (`article-body__relatedLinks` has five), by all its letters together, and by
    /// its last two words.
    private func hints(ofName name: UnsafeBufferPointer<UInt8>) -> Hints {
        var result: Hints = []
        var whole = NameHash()
        var lastTwo = NameHash()
        var current = NameHash()
        var length = 0
        var wordCount = 0
        var isAfterLower = false
        func finish() {
            if let kind = words[current].flatMap(HintKind.init(rawValue:)) { result.insert(Hints(kind)) }
        }
        for byte in name {
            let isUpper = byte >= 0x41 && byte <= 0x5A
            if length > 0, !byte.isASCIILetter || isUpper && isAfterLower {
                finish()
                (current, length) = (NameHash(), 0)
                isAfterLower = false
            }
            guard byte.isASCIILetter else { continue }
            if length == 0 { wordCount += 1 }
            current.add(byte.asciiLowercased)
            whole.add(byte.asciiLowercased)
            length += 1
            isAfterLower = !isUpper
        }
        if length > 0 { finish() }
        if wordCount > 1, let kind = words[whole].flatMap(HintKind.init(rawValue:)) {
            result.insert(Hints(kind))
        }
        if result.contains(.negation) { return [] }
        lastTwo = lastTwoWords(of: name)
        for hash in [whole, lastTwo] {
            if let kind = names[hash].flatMap(HintKind.init(rawValue:)) { result.insert(Hints(kind)) }
        }
        return result
    }

    private func lastTwoWords(of name: UnsafeBufferPointer<UInt8>) -> NameHash {
        var start = name.count
        var breaks = 0
        while start > 0 {
            let byte = name[start - 1]
            if start < name.count, byte.isASCIILetter != name[start].isASCIILetter, !byte.isASCIILetter {
                breaks += 1
                if breaks == 2 { break }
            }
            start -= 1
        }
        return NameHash(of: name[start...].lazy.filter(\.isASCIILetter).map(\.asciiLowercased))
    }
}
