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
        items.withUnsafeMutableBufferPointer { heap in
            var place = heap.count - 1
            while place > 0, Self.isBefore(heap, place, (place - 1) / 2) {
                heap.swapAt(place, (place - 1) / 2)
                place = (place - 1) / 2
            }
        }
    }

    /// Takes the earliest item out.
    mutating func removeFirst() -> Item? {
        guard !items.isEmpty else { return nil }
        items.swapAt(0, items.count - 1)
        let first = items.removeLast()
        items.withUnsafeMutableBufferPointer { heap in
            var place = 0
            while true {
                var least = place
                for child in (2 * place + 1)...(2 * place + 2)
                where child < heap.count && Self.isBefore(heap, child, least) {
                    least = child
                }
                guard least != place else { return }
                heap.swapAt(place, least)
                place = least
            }
        }
        return first
    }

    /// Compared in their places: ten thousand values are put in order without one of them being held.
    private static func isBefore(_ heap: UnsafeMutableBufferPointer<Item>, _ left: Int, _ right: Int) -> Bool
    {
        heap[left].due != heap[right].due
            ? heap[left].due < heap[right].due : heap[left].number < heap[right].number
    }
}
