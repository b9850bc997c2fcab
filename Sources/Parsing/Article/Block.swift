/// One paragraph, list item, cell or heading of a page.
struct Block: Sendable {
    var text: String
    /// The element that it is the text of.
    var element: HTMLElement
    /// The first and the last node that its text stands in.
    var nodes: ClosedRange<Int>
    /// The bytes of the text that are inside links.
    var linkedLength: Int
    /// Whether it stands in a list.
    var isInList: Bool
    /// Whether it stands in a table.
    var isInTable: Bool = false
    var isInFigure: Bool = false
    /// The bytes of the text that are inside links to places of the same page.
    var fragmentLength = 0
    /// Whether something between it and the block before it was left out.
    var isAfterOmission = false
    /// Its place among all blocks.
    var place = 0
    /// Whether its link looks like a button.
    var isButton = false

    /// The share of the text that is inside links, 0 to 1.
    var linkShare: Double { min(1, Double(linkedLength) / Double(max(1, text.utf8.count))) }

    /// The share of the text that is inside links to places of the same page, 0 to 1.
    var fragmentShare: Double { min(1, Double(fragmentLength) / Double(max(1, text.utf8.count))) }
}
