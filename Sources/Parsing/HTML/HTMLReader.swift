import Glibc

/// Reads HTML into a ``PageTree`` as browsers do, in one pass over the bytes.
///
/// Tokens follow <https://html.spec.whatwg.org/multipage/parsing.html#tokenization>. Of the construction of the tree
/// it keeps what changes the place of a text: implied ends, scopes, raw text, foreign content; it does not move
/// nodes that stand in the wrong place of a table, and a misnested inline element ends with the block that it began
/// in. Scripts and styles are skipped, but for JSON-LD.
struct HTMLReader {
    let input: UnsafeBufferPointer<UInt8>
    var place = 0
    var tree = PageTree()
    var open: [OpenElement] = []
    /// How many elements of a name are open, by the element's number.
    var openCounts = [Int32](repeating: 0, count: 256)
    /// The open elements beyond the greatest depth.
    var overflow = 0
    var isHeadOver = false
    /// Whether the rest of the page lacks an end tag of a name, by the element's number.
    var isEndless = [Bool](repeating: false, count: 256)
    let elements = HTMLElement.names
    let attributeNames = HTMLAttribute.names
    let maximumDepth: Int
    let maximumNodes: Int

    struct OpenElement {
        let element: HTMLElement
        let node: Int32
        /// Whether its end has been seen, inside a block that was still open.
        var isEnded = false
    }

    private init(_ input: UnsafeBufferPointer<UInt8>, configuration: ParsingConfiguration) {
        self.input = input
        maximumDepth = configuration.maximumDepth
        maximumNodes = configuration.maximumNodes
        // What is reserved and not used costs addresses only; what grows is copied and stands twice meanwhile.
        tree.nodes.reserveCapacity(min(maximumNodes, input.count / 4 + 16))
        tree.bytes.reserveCapacity(input.count)
        tree.attributes.reserveCapacity(input.count / 16)
        tree.nodes.append(.init(element: .document, parent: -1, end: 1, first: 0, count: 0))
        open.append(.init(element: .document, node: 0))
    }

    /// Returns the tree of a page.
    static func tree(of text: String, configuration: ParsingConfiguration) -> PageTree {
        var text = text
        return text.withUTF8 { input in
            var reader = HTMLReader(input, configuration: configuration)
            reader.read()
            return reader.tree
        }
    }

    private mutating func read() {
        while place < input.count, tree.nodes.count < maximumNodes {
            let next = index(of: UInt8(ascii: "<"), from: place)
            if next > place { addText(place..<next) }
            place = next
            guard place < input.count else { break }
            readMarkup()
        }
        while let last = open.popLast() { tree.nodes[Int(last.node)].end = Int32(tree.nodes.count) }
    }

    /// Reads what a `<` begins.
    private mutating func readMarkup() {
        guard place + 1 < input.count else {
            addText(place..<input.count)
            place = input.count
            return
        }
        switch input[place + 1] {
        case let byte where byte.isASCIILetter: readStartTag()
        case UInt8(ascii: "/"): readEndTag()
        case UInt8(ascii: "!"): readDeclaration()
        case UInt8(ascii: "?"): place = min(input.count, index(of: UInt8(ascii: ">"), from: place) + 1)
        default:
            addText(place..<place + 1)
            place += 1
        }
    }

    /// Skips a comment, a DOCTYPE or a section of CDATA.
    private mutating func readDeclaration() {
        if hasPrefix("<!--", at: place) {
            // `<!-->` and `<!--->` are whole comments.
            var search = place + 4
            if search < input.count, input[search] == UInt8(ascii: ">") {
                place = search + 1
                return
            }
            if hasPrefix("->", at: search) {
                place = search + 2
                return
            }
            while true {
                let dash = index(of: UInt8(ascii: "-"), from: search)
                guard dash < input.count else { break }
                if hasPrefix("-->", at: dash) || hasPrefix("--!>", at: dash) {
                    place = index(of: UInt8(ascii: ">"), from: dash) + 1
                    return
                }
                search = dash + 1
            }
            // A comment without an end takes the rest of the page: browsers do so too.
            place = input.count
            return
        }
        place = min(input.count, index(of: UInt8(ascii: ">"), from: place) + 1)
    }
}

extension HTMLReader {
    /// The place of the next such byte, or the end of the input.
    @inline(__always)
    func index(of byte: UInt8, from start: Int) -> Int {
        guard start < input.count, let base = input.baseAddress,
            let found = memchr(base + start, Int32(byte), input.count - start)
        else { return input.count }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    /// Whether the bytes of a place are these, which are in lower case.
    @inline(__always)
    func hasPrefix(_ prefix: StaticString, at place: Int) -> Bool {
        guard place + prefix.utf8CodeUnitCount <= input.count else { return false }
        for offset in 0..<prefix.utf8CodeUnitCount
        where input[place + offset].asciiLowercased != prefix.utf8Start[offset] {
            return false
        }
        return true
    }
}
