import FoundationEssentials
import TallyModel

/// What the outbox knows of one sink: what is in the air, and how it has been lately.
struct SinkQueue {
    let sink: any Sink
    var breaker = Breaker()
    /// Lanes of which something is in the air.
    var busyLanes: Set<String> = []
    /// Lanes that were taken out of the store and wait for their turn.
    var waiting: [[Message]] = []
    /// Lanes that are at work.
    var runningCount = 0
    /// Whether the store is being asked for more.
    var isFilling = false
    /// Whether something was committed while the store was being asked.
    var mayHaveMore = false
    /// When the next of its deliveries falls due; `nil` where none does.
    var nextDue: Date?
    /// Why it wants no more; `nil` for a sink that is in use.
    var disabledReason: String?

    /// Rows that are taken out of the store at once, for each place that the sink has.
    static let rowsPerPlace = 8

    init(_ sink: any Sink) {
        self.sink = sink
    }

    var isIdle: Bool { busyLanes.isEmpty && !isFilling }

    /// How many more lanes may be set to work.
    func freePlaces(at now: Date) -> Int {
        max(breaker.allowance(of: sink.concurrency, at: now) - runningCount, 0)
    }

    /// The lanes of deliveries in their order, each with its messages in order.
    static func lanes(of deliveries: [Delivery], takesGroups: Bool) -> [[Message]] {
        var order: [String] = []
        var lanes: [String: [[Delivery]]] = [:]
        for delivery in deliveries {
            if lanes[delivery.lane] == nil { order.append(delivery.lane) }
            var messages = lanes[delivery.lane] ?? []
            let isSame = delivery.message != nil && messages.last?.first?.message == delivery.message
            if takesGroups, isSame {
                messages[messages.count - 1].append(delivery)
            } else {
                messages.append([delivery])
            }
            lanes[delivery.lane] = messages
        }
        return order.map { lane in
            (lanes[lane] ?? []).map { Message(id: $0[0].messageID, deliveries: $0) }
        }
    }
}
