import FoundationEssentials
import TallyModel

/// When something was taken out of the store, by the wall clock and by one that is never set.
struct Taking {
    let wall: Date
    let uptime: Double
}

/// What was taken out of the store of one lane.
struct TakenLane {
    /// Its messages in their order; never empty.
    let messages: [Message]
    let taking: Taking

    var name: String { messages[0].first.lane }

    /// The time since a message's first attempt could be made, in seconds, wherever the wall clock has been set to since.
    func ageSeconds(of message: Message, uptime: Double) -> Double {
        taking.wall.timeIntervalSince(message.first.createdAt) + uptime - taking.uptime
    }
}

/// What the outbox knows of one sink: what is in the air, and how it has been lately.
struct SinkQueue {
    let sink: any Sink
    var breaker = Breaker()
    /// Lanes of which something is in the air.
    var busyLanes: Set<String> = []
    /// Lanes that were taken out of the store and wait for their turn.
    var waiting: [TakenLane] = []
    /// Lanes that are at work.
    var runningCount = 0
    /// Whether the store is being asked for more.
    var isFilling = false
    /// Whether something was committed while the store was being asked.
    var mayHaveMore = false
    /// When it is to be looked at again, as a delivery falls due or a hold ends; `nil` for not by itself.
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
