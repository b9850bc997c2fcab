/// A document as a value: elements and texts in the order of the document, each with its parent.
///
/// The tree is never deeper than the limit it was made with, so walking it by recursion is safe.
struct MarkupTree: Sendable {
    struct Node: Sendable {
        /// The lower-case name of an HTML element, `prefix:name` of an XML element; empty for a text.
        var name: String
        var text: String
        var attributes: [String: String]
        var parent: Int
        var children: [Int]
    }

    /// The first node is the document itself.
    private(set) var nodes = [Node(name: "#document", text: "", attributes: [:], parent: -1, children: [])]
    /// What the parser had to say, one sentence each.
    var diagnostics: [String] = []

    static let root = 0

    /// Adds a node as the last child of a parent and returns its index.
    mutating func append(_ name: String, text: String, attributes: [String: String], to parent: Int) -> Int {
        nodes.append(Node(name: name, text: text, attributes: attributes, parent: parent, children: []))
        nodes[parent].children.append(nodes.count - 1)
        return nodes.count - 1
    }

    subscript(index: Int) -> Node { nodes[index] }

    func children(of index: Int, named names: String...) -> [Int] {
        nodes[index].children.filter { names.contains(nodes[$0].name) }
    }

    func first(_ names: String..., in index: Int) -> Int? {
        for name in names {
            if let child = nodes[index].children.first(where: { nodes[$0].name == name }) { return child }
        }
        return nil
    }

    /// Returns the texts below a node, joined as they stand.
    func text(of index: Int) -> String {
        let node = nodes[index]
        guard node.name.isEmpty == false else { return node.text }
        if node.children.count == 1, nodes[node.children[0]].name.isEmpty {
            return nodes[node.children[0]].text
        }
        var result = ""
        for child in node.children { result += text(of: child) }
        return result
    }

    /// Returns the trimmed text of the first child that has one of the names and is not blank.
    func value(_ names: String..., in index: Int) -> String? {
        for name in names {
            for child in nodes[index].children where nodes[child].name == name {
                let value = text(of: child).trimmed
                if !value.isEmpty { return value }
            }
        }
        return nil
    }
}
