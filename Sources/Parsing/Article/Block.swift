/// One paragraph, list item, cell or heading of a page.
///
/// A page may have a hundred thousand of them, so the numbers are small.
struct Block: Sendable {
    let text: String
    /// The first node that its text stands in.
    let node: Int32
    /// The bytes of the text that are inside links.
    let linkedLength: Int32
    /// The bytes of the text that are inside links to places of the same page.
    let fragmentLength: Int32
    /// Its place among all blocks.
    var place: Int32 = 0
    /// The element that it is the text of.
    let element: HTMLElement
    /// Whether it stands in a list.
    let isInList: Bool
    /// Whether it stands in a table.
    let isInTable: Bool
    /// Whether something between it and the block before it was left out.
    let isAfterOmission: Bool
    /// Whether its link looks like a button.
    let isButton: Bool

    /// The share of the text that is inside links, 0 to 1.
    var linkShare: Double { min(1, Double(linkedLength) / Double(max(1, text.utf8.count))) }

    /// The share of the text that is inside links to places of the same page, 0 to 1.
    var fragmentShare: Double { min(1, Double(fragmentLength) / Double(max(1, text.utf8.count))) }
}
