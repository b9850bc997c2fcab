import CLibXML2

/// Reads XML and HTML with libxml2 and copies the result into a ``MarkupTree``.
///
/// Entities are never substituted, external things never loaded, and libxml2's own limits stay in force:
/// `XML_PARSE_NOENT`, `DTDLOAD` and `HUGE` are not set
/// (<https://gnome.pages.gitlab.gnome.org/libxml2/html/parser.html>).
struct MarkupParser {
    let configuration: ParsingConfiguration

    /// Reads an XML document that ``XMLRepair`` has prepared; a broken one gives what stands before the
    /// break.
    func tree(ofXML text: String) -> MarkupTree {
        let options =
            XML_PARSE_RECOVER.rawValue | XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue
            | XML_PARSE_NOWARNING.rawValue | XML_PARSE_NOCDATA.rawValue | XML_PARSE_COMPACT.rawValue
        guard let context = xmlNewParserCtxt() else { return MarkupTree() }
        defer { xmlFreeParserCtxt(context) }
        var text = AttributeLimit.applied(to: text)
        let document = text.withUTF8 { buffer in
            buffer.withMemoryRebound(to: CChar.self) {
                xmlCtxtReadMemory(
                    context,
                    $0.baseAddress,
                    Int32(clamping: $0.count),
                    nil,
                    "UTF-8",
                    Int32(options)
                )
            }
        }
        defer { if let document { xmlFreeDoc(document) } }
        var tree = document.map { copy($0) } ?? MarkupTree()
        if context.pointee.wellFormed == 0 {
            let error = context.pointee.lastError
            let message = error.message.map { String(cString: $0).trimmed } ?? "the document is broken"
            tree.diagnostics.append("line \(error.line): not well-formed XML: \(message)")
        }
        return tree
    }

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

extension MarkupParser {
    /// Walks the nodes by their links and not by recursion: a page may be nested more deeply than the stack.
    private func copy(_ document: xmlDocPtr) -> MarkupTree {
        var tree = MarkupTree()
        var parents = [MarkupTree.root]
        var level = 0
        var next = document.pointee.children
        while let node = next, tree.nodes.count < configuration.maximumNodes {
            var entered = false
            switch node.pointee.type {
            case XML_ELEMENT_NODE:
                let name = qualifiedName(of: node)
                let parent = parents[min(parents.count, configuration.maximumDepth) - 1]
                let index = tree.append(name, text: "", attributes: attributes(of: node), to: parent)
                if node.pointee.children != nil {
                    level += 1
                    if parents.count < configuration.maximumDepth { parents.append(index) }
                    entered = true
                }
            case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
                let parent = parents[parents.count - 1]
                _ = tree.append("", text: string(node.pointee.content), attributes: [:], to: parent)
            default: break
            }
            if entered {
                next = node.pointee.children
                continue
            }
            var last = node
            while last.pointee.next == nil, level > 0, let parent = last.pointee.parent {
                level -= 1
                if level + 1 < parents.count { parents.removeLast() }
                last = parent
            }
            next = last.pointee.next
        }
        return tree
    }

    private func attributes(of node: xmlNodePtr) -> [String: String] {
        var result: [String: String] = [:]
        var next = node.pointee.properties
        while let attribute = next {
            var value = ""
            var part = attribute.pointee.children
            while let text = part {
                if text.pointee.type == XML_TEXT_NODE { value += string(text.pointee.content) }
                part = text.pointee.next
            }
            let name = string(attribute.pointee.name)
            let prefix = attribute.pointee.ns?.pointee.prefix.map { string($0) + ":" } ?? ""
            result[prefix + name] = value
            next = attribute.pointee.next
        }
        return result
    }

    /// The name with the prefix by which its namespace is best known, or its own where it is not known.
    private func qualifiedName(of node: xmlNodePtr) -> String {
        let name = string(node.pointee.name)
        guard let space = node.pointee.ns else {
            let parts = name.split(separator: ":", maxSplits: 1)
            return parts.count == 2 ? "\(parts[0].lowercased()):\(parts[1])" : name
        }
        if let known = XMLNamespaces.prefix(of: string(space.pointee.href)) {
            return known.isEmpty ? name : "\(known):\(name)"
        }
        guard let prefix = space.pointee.prefix else { return name }
        return "\(string(prefix).lowercased()):\(name)"
    }

    private func string(_ pointer: UnsafePointer<xmlChar>?) -> String {
        pointer.map { String(cString: $0) } ?? ""
    }
}
