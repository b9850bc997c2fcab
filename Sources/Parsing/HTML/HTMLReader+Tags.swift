extension HTMLReader {
    /// Reads a start tag; one that the page's end cuts off is none.
    mutating func readStartTag() {
        place += 1
        let element = readName()
        let firstAttribute = tree.attributes.count
        let isSelfClosing = readAttributes()
        guard let isSelfClosing else {
            place = input.count
            return
        }
        begin(element, attributes: firstAttribute..<tree.attributes.count)
        if element.isRawText { readRawText(of: element) }
        if element == .svg { skipForeign(element, isSelfClosing: isSelfClosing) }
    }

    /// Reads an end tag, or skips the comment that `</` begins before anything but a letter.
    mutating func readEndTag() {
        guard place + 2 < input.count, input[place + 2].isASCIILetter else {
            place = min(input.count, index(of: UInt8(ascii: ">"), from: place) + 1)
            return
        }
        place += 2
        let element = readName()
        let firstAttribute = tree.attributes.count
        guard readAttributes() != nil else {
            place = input.count
            return
        }
        tree.attributes.removeSubrange(firstAttribute...)
        end(element)
    }

    private mutating func readName() -> HTMLElement {
        var hash = NameHash()
        while place < input.count {
            let byte = input[place]
            if byte.isASCIISpace || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ">") { break }
            hash.add(byte.asciiLowercased)
            place += 1
        }
        return elements[hash].flatMap(HTMLElement.init(rawValue:)) ?? .unknown
    }

    /// Reads up to the end of the tag and keeps the attributes that are known, each once.
    ///
    /// - Returns: Whether the tag ends in `/>`; `nil` where the page ends first.
    private mutating func readAttributes() -> Bool? {
        var seen: UInt32 = 0
        while place < input.count {
            let byte = input[place]
            if byte == UInt8(ascii: ">") {
                let isSelfClosing = input[place - 1] == UInt8(ascii: "/")
                place += 1
                return isSelfClosing
            }
            if byte.isASCIISpace || byte == UInt8(ascii: "/") {
                place += 1
                continue
            }
            var hash = NameHash()
            repeat {
                hash.add(input[place].asciiLowercased)
                place += 1
            } while place < input.count && !isAttributeNameEnd(input[place])
            let value = readValue()
            guard let raw = attributeNames[hash], let name = HTMLAttribute(rawValue: raw),
                seen & 1 << raw == 0
            else { continue }
            seen |= 1 << raw
            let start = tree.bytes.count
            appendDecoded(value, inAttribute: true)
            tree.attributes.append(
                .init(name: name, start: Int32(start), count: Int32(tree.bytes.count - start))
            )
        }
        return nil
    }

    @inline(__always)
    private func isAttributeNameEnd(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "=") || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/")
            || byte.isASCIISpace
    }

    /// The bytes of the value that follows an attribute's name.
    private mutating func readValue() -> Range<Int> {
        var next = place
        while next < input.count, input[next].isASCIISpace { next += 1 }
        guard next < input.count, input[next] == UInt8(ascii: "=") else { return place..<place }
        next += 1
        while next < input.count, input[next].isASCIISpace { next += 1 }
        guard next < input.count else {
            place = next
            return next..<next
        }
        let quote = input[next]
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            let end = index(of: quote, from: next + 1)
            place = min(input.count, end + 1)
            return next + 1..<end
        }
        let start = next
        while next < input.count, input[next] != UInt8(ascii: ">"), !input[next].isASCIISpace { next += 1 }
        place = next
        return start..<next
    }
}

extension HTMLReader {
    /// Skips to the end tag of an element whose content is no markup; the text of JSON-LD and of the title is kept.
    private mutating func readRawText(of element: HTMLElement) {
        let start = place
        var next = start
        var end = input.count
        var isFound = false
        // To look for a missing end once is enough: every start would cost the rest of the page.
        while !isFound, !isEndless[Int(element.rawValue)] {
            next = index(of: UInt8(ascii: "<"), from: next)
            guard next < input.count else { break }
            if next + 1 < input.count, input[next + 1] == UInt8(ascii: "/") {
                let name = next + 2
                var hash = NameHash()
                var place = name
                while place < input.count, place - name < 10, input[place].isASCIILetter {
                    hash.add(input[place].asciiLowercased)
                    place += 1
                }
                if elements[hash] == element.rawValue { (end, isFound) = (next, true) }
            }
            next += 1
        }
        if !isFound { isEndless[Int(element.rawValue)] = true }
        if !isFound, element != .script, element != .style {
            // Without its end it would swallow the page.
            end = start
        }
        if element == .title {
            addText(start..<end)
        } else if element == .script, let node = open.last?.node, isLinkedData(Int(node)) {
            let first = tree.bytes.count
            tree.bytes.append(contentsOf: UnsafeBufferPointer(rebasing: input[start..<end]))
            appendTextNode(from: first)
        }
        place = end
        if !isFound { self.end(element) }
    }

    private func isLinkedData(_ node: Int) -> Bool {
        guard tree.nodes.indices.contains(node), tree[node].element == .script,
            let type = tree.value(of: .type, at: node)
        else { return false }
        return type.lowercased().contains("ld+json")
    }

    /// Skips drawings and formulas: up to their end, or to an element that ends them because it is HTML's
    /// (<https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inforeign>).
    private mutating func skipForeign(_ element: HTMLElement, isSelfClosing: Bool) {
        var depth = isSelfClosing ? 0 : 1
        while depth > 0 {
            place = index(of: UInt8(ascii: "<"), from: place)
            guard place + 1 < input.count else {
                place = input.count
                break
            }
            if hasPrefix("<!--", at: place) {
                skipComment()
                continue
            }
            let start = place
            let isEnd = input[place + 1] == UInt8(ascii: "/")
            place += isEnd ? 2 : 1
            guard place < input.count, input[place].isASCIILetter else { continue }
            let name = readName()
            if !isEnd, Self.endsForeign(name) {
                place = start
                break
            }
            let first = tree.attributes.count
            let isWhole = readAttributes() ?? true
            tree.attributes.removeSubrange(first...)
            if name == element { depth += isEnd ? -1 : isWhole ? 0 : 1 }
        }
        end(element)
    }

    private mutating func skipComment() {
        var search = place + 4
        while true {
            let dash = index(of: UInt8(ascii: "-"), from: search)
            guard dash < input.count else {
                place = input.count
                return
            }
            if hasPrefix("-->", at: dash) {
                place = dash + 3
                return
            }
            search = dash + 1
        }
    }

    private static func endsForeign(_ element: HTMLElement) -> Bool {
        switch element {
        case .b, .big, .blockquote, .body, .br, .center, .code, .dd, .div, .dl, .dt, .em, .embed, .h1, .h2,
            .h3,
            .h4, .h5, .h6, .head, .hr, .i, .img, .li, .menu, .meta, .nobr, .ol, .p, .pre, .ruby, .s, .small,
            .span, .strong, .strike, .sub, .sup, .table, .tt, .u, .ul, .var:
            true
        default: false
        }
    }
}
