import FoundationEssentials

/// Values by the time at which they are due, the earliest first.
///
/// A value that was put in twice comes out twice: whoever takes it out knows which time still counts.
struct DueQueue<Value> {
    struct Item {
        let due: Date
        let value: Value
        /// The number of the item: of two that are due at once the one that came first is first.
        fileprivate let number: Int

        fileprivate static func < (left: Item, right: Item) -> Bool {
            left.due != right.due ? left.due < right.due : left.number < right.number
        }
    }

    private var count = 0

    // A binary heap: no child is before its parent.
    private var items: [Item] = []

    /// The earliest item; `nil` where there is none.
    var first: Item? { items.first }

    /// Makes room for some values.
    mutating func reserveCapacity(_ count: Int) {
        items.reserveCapacity(count)
    }

    /// Puts a value in.
    mutating func insert(_ value: Value, due: Date) {
        items.append(Item(due: due, value: value, number: count))
        count += 1
        var place = items.count - 1
        while place > 0, items[place] < items[(place - 1) / 2] {
            items.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    /// Takes the earliest item out.
    mutating func removeFirst() -> Item? {
        guard let first = items.first, let last = items.popLast() else { return nil }
        guard !items.isEmpty else { return first }
        items[0] = last
        var place = 0
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2]
            where child < items.count && items[child] < items[least] {
                least = child
            }
            guard least != place else { return first }
            items.swapAt(place, least)
            place = least
        }
    }
}
