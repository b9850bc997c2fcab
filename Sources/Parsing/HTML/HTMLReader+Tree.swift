extension HTMLReader {
    /// Opens an element, with the ends that its start implies.
    mutating func begin(_ element: HTMLElement, attributes: Range<Int>) {
        if element == .html || element == .body || element == .head, !isFirst(element) {
            tree.attributes.removeSubrange(attributes)
            return
        }
        if !element.isMetadata, !isHeadOver { endHead() }
        closeImplied(by: element)
        guard tree.nodes.count < maximumNodes else { return }
        let parent = open[open.count - 1].node
        let element = isShadowRoot(element, attributes) ? .div : element
        let node = Int32(tree.nodes.count)
        tree.nodes.append(
            .init(
                element: element,
                parent: parent,
                end: node + 1,
                first: Int32(attributes.lowerBound),
                count: Int32(attributes.count)
            )
        )
        guard !element.isVoid else { return }
        guard open.count < maximumDepth else {
            overflow += 1
            return
        }
        open.append(.init(element: element, node: node))
        openCounts[Int(element.rawValue)] += 1
    }

    /// Closes the innermost open element of a name that is in scope, and all in it.
    mutating func end(_ element: HTMLElement) {
        if element == .br {
            begin(.br, attributes: tree.attributes.count..<tree.attributes.count)
            return
        }
        guard !element.isVoid, element != .html, element != .body else { return }
        if overflow > 0 {
            overflow -= 1
            return
        }
        if element == .head {
            endHead()
            return
        }
        // Any heading's end closes any heading.
        let isHeading = element.isHeading
        guard isHeading || openCounts[Int(element.rawValue)] > 0 else { return }
        let isBlock = element.isBlock || element.isUnread
        var index = open.count - 1
        while index > 0 {
            let candidate = open[index].element
            if candidate == element || isHeading && candidate.isHeading {
                pop(to: index)
                return
            }
            if candidate.isScopeBarrier, !Self.isTablePart(element) { return }
            if candidate == .table, element != .table { return }
            if element == .li, candidate == .ul || candidate == .ol { return }
            if !isBlock, candidate.isBlock {
                endLater(element, before: index)
                return
            }
            index -= 1
        }
    }

    private static func isTablePart(_ element: HTMLElement) -> Bool {
        switch element {
        case .table, .tbody, .thead, .tfoot, .tr, .td, .th, .caption: true
        default: false
        }
    }

    /// Lets a misnested link end together with the block that its end stands in.
    private mutating func endLater(_ element: HTMLElement, before place: Int) {
        guard element == .a else { return }
        for index in stride(from: place - 1, to: 0, by: -1) {
            if open[index].element == .a {
                open[index].isEnded = true
                return
            }
            if open[index].element.isScopeBarrier { return }
        }
    }

    /// Closes the open elements from one on.
    private mutating func pop(to index: Int) {
        let end = Int32(tree.nodes.count)
        while open.count > index {
            let last = open.removeLast()
            tree.nodes[Int(last.node)].end = end
            openCounts[Int(last.element.rawValue)] -= 1
        }
        while let last = open.last, last.isEnded { pop(to: open.count - 1) }
    }
}

extension HTMLReader {
    private mutating func isFirst(_ element: HTMLElement) -> Bool {
        if element == .body { endHead() }
        if element == .head { return !isHeadOver && openCounts[Int(element.rawValue)] == 0 }
        return openCounts[Int(element.rawValue)] == 0
    }

    /// Leaves the head when something begins that cannot stand in it.
    mutating func endHead() {
        isHeadOver = true
        guard openCounts[Int(HTMLElement.head.rawValue)] > 0 else { return }
        if let index = open.lastIndex(where: { $0.element == .head }) { pop(to: index) }
    }

    private func isShadowRoot(_ element: HTMLElement, _ attributes: Range<Int>) -> Bool {
        element == .template && tree.attributes[attributes].contains { $0.name == .shadowrootmode }
    }

    private mutating func closeImplied(by element: HTMLElement) {
        if element.closesParagraph, openCounts[Int(HTMLElement.p.rawValue)] > 0 {
            close(.p, upTo: { $0.isScopeBarrier || $0 == .button })
        }
        switch element {
        case .li: close(.li, upTo: { $0.isScopeBarrier || $0 == .ul || $0 == .ol || $0 == .menu })
        case .dd, .dt:
            close(.dd, upTo: { $0.isScopeBarrier || $0 == .dl })
            close(.dt, upTo: { $0.isScopeBarrier || $0 == .dl })
        case .h1, .h2, .h3, .h4, .h5, .h6:
            if let last = open.last, last.element.isHeading { pop(to: open.count - 1) }
        case .a where openCounts[Int(HTMLElement.a.rawValue)] > 0: end(.a)
        case .button where openCounts[Int(HTMLElement.button.rawValue)] > 0: end(.button)
        case .option, .optgroup: close(.option, upTo: { $0 == .select || $0.isScopeBarrier })
        case .td, .th:
            close(.td, upTo: { $0 == .tr || $0 == .table })
            close(.th, upTo: { $0 == .tr || $0 == .table })
        case .tr: close(.tr, upTo: { $0 == .table })
        case .tbody, .thead, .tfoot:
            close(.tbody, upTo: { $0 == .table })
            close(.thead, upTo: { $0 == .table })
        default: break
        }
        if openCounts[Int(HTMLElement.select.rawValue)] > 0, element.isBlock, element != .option,
            element != .optgroup, element != .hr
        {
            end(.select)
        }
    }

    /// Closes the innermost open element of a name, where none of the barriers stands before it.
    private mutating func close(_ element: HTMLElement, upTo isBarrier: (HTMLElement) -> Bool) {
        guard overflow == 0, openCounts[Int(element.rawValue)] > 0 else { return }
        var index = open.count - 1
        while index > 0 {
            let candidate = open[index].element
            if candidate == element {
                pop(to: index)
                return
            }
            if isBarrier(candidate) { return }
            index -= 1
        }
    }
}
