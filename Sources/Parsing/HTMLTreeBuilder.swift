import CLibXML2

/// Builds a ``MarkupTree`` from the events of libxml2's HTML parser.
///
/// libxml2's own tree ends at 256 levels, and what follows would be lost
/// (<https://gitlab.gnome.org/GNOME/libxml2/-/blob/v2.9.14/parserInternals.h>, `xmlParserMaxDepth`); its
/// events do not.
final class HTMLTreeBuilder {
    private(set) var tree = MarkupTree()
    private var text: [UInt8] = []
    /// The open elements that have a node of their own; those below the limit only count.
    private var open = [MarkupTree.root]
    private var level = 0
    private let configuration: ParsingConfiguration

    init(configuration: ParsingConfiguration) {
        self.configuration = configuration
    }

    /// Reads a page; the bytes are UTF-8 without zero bytes.
    func read(_ bytes: UnsafeBufferPointer<CChar>) {
        let options =
            HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NONET.rawValue | HTML_PARSE_NOERROR.rawValue
            | HTML_PARSE_NOWARNING.rawValue
        guard let context = htmlNewParserCtxt() else { return }
        defer { htmlFreeParserCtxt(context) }
        var events = htmlSAXHandler()
        events.initialized = 1
        events.startElement = { HTMLTreeBuilder.from($0)?.begin($1, attributes: $2) }
        events.endElement = { context, _ in HTMLTreeBuilder.from(context)?.end() }
        events.characters = { HTMLTreeBuilder.from($0)?.add($1, count: $2) }
        events.ignorableWhitespace = { HTMLTreeBuilder.from($0)?.add($1, count: $2) }
        events.cdataBlock = { HTMLTreeBuilder.from($0)?.add($1, count: $2) }
        context.pointee.sax.pointee = events
        withExtendedLifetime(self) {
            context.pointee.userData = Unmanaged.passUnretained(self).toOpaque()
            // Without a tree there is no document to give back.
            let document = htmlCtxtReadMemory(
                context,
                bytes.baseAddress,
                Int32(clamping: bytes.count),
                nil,
                "UTF-8",
                Int32(options)
            )
            if let document { xmlFreeDoc(document) }
        }
        finishText()
    }
}

extension HTMLTreeBuilder {
    private static func from(_ context: UnsafeMutableRawPointer?) -> HTMLTreeBuilder? {
        context.map { Unmanaged<HTMLTreeBuilder>.fromOpaque($0).takeUnretainedValue() }
    }

    private var isFull: Bool { tree.nodes.count >= configuration.maximumNodes }

    private func begin(
        _ name: UnsafePointer<xmlChar>?,
        attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) {
        finishText()
        level += 1
        guard let name, let parent = open.last, !isFull else { return }
        var values: [String: String] = [:]
        var place = 0
        while let key = attributes?[place] {
            values[String(cString: key).lowercased()] =
                attributes?[place + 1].map { String(cString: $0) } ?? ""
            place += 2
        }
        let index = tree.append(String(cString: name).lowercased(), text: "", attributes: values, to: parent)
        if open.count == level, open.count < configuration.maximumDepth { open.append(index) }
    }

    private func end() {
        finishText()
        guard level > 0 else { return }
        level -= 1
        while open.count > level + 1 { open.removeLast() }
    }

    private func add(_ characters: UnsafePointer<xmlChar>?, count: Int32) {
        guard let characters, count > 0, !isFull else { return }
        text.append(contentsOf: UnsafeBufferPointer(start: characters, count: Int(count)))
    }

    private func finishText() {
        guard !text.isEmpty, let parent = open.last else { return }
        _ = tree.append("", text: String(decoding: text, as: UTF8.self), attributes: [:], to: parent)
        text.removeAll(keepingCapacity: true)
    }
}
