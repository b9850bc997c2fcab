import FoundationEssentials
import Logging
import TallyModel

/// Asks the hubs of feeds to tell what is new, and takes what they tell (<https://www.w3.org/TR/websub/>).
actor Subscriber {
    private let publicURL: String
    private let store: any SubscriptionStore
    private let hubs: HubClient
    private let policy: SubscriptionPolicy
    private let logger: Logger
    private let clock: @Sendable () -> Date
    private let troubles = Troubles()
    /// By the last part of the callback.
    private var subscriptions: [String: Subscription] = [:]
    /// The same part for each source whose subscription is not ending.
    private var namesBySource: [String: String] = [:]
    /// Since when hubs have told what is new of a source without a break.
    private var liveSince: [String: Date] = [:]
    /// The sources that were polled since then: nothing from before is missing.
    private var caughtUp: Set<String> = []
    /// The sources of which a poll has found what the hub had not told.
    private var doubted: Set<String> = []
    private var hasten: @Sendable (String) async -> Void = { _ in }

    /// What the hubs have sent.
    nonisolated let box = PushBox()
    /// How often a source is polled all the same while its hub tells what is new, in seconds.
    nonisolated let everySeconds: Double

    /// The requests that go out in one ``work()``.
    private static let requestsAtOnce = 64
    /// The longest URL of a hub or a topic, in bytes.
    private static let maximumURLBytes = 2048

    init(
        settings: WebSubSettings,
        store: any SubscriptionStore,
        client: any HTTPClient,
        policy: SubscriptionPolicy = SubscriptionPolicy(),
        logger: Logger,
        clock: @escaping @Sendable () -> Date
    ) {
        publicURL = settings.publicURL
        everySeconds = settings.everySeconds
        self.store = store
        hubs = HubClient(client: client)
        self.policy = policy
        self.logger = logger
        self.clock = clock
    }

    /// Reads what was subscribed to before, for the sources that there are now.
    ///
    /// - Parameters:
    ///   - sources: The sources.
    ///   - hasten: Called with the name of a source whose cycle is to run at once.
    /// - Throws: What the store says.
    func load(_ sources: [Source], hasten: @escaping @Sendable (String) async -> Void) async throws {
        self.hasten = hasten
        for known in try await store.subscriptions() {
            guard known.callback.hasPrefix(publicURL + "/") else {
                // The daemon had another address, where no hub reaches it any more.
                try await store.removeSubscription(known.callback)
                if known.state != .ending {
                    await add(source: known.source, hub: known.hub, topic: known.topic)
                }
                continue
            }
            let name = Self.name(of: known)
            subscriptions[name] = known
            guard known.state != .ending else { continue }
            namesBySource[known.source] = name
            if known.state == .live { liveSince[known.source] = clock() }
        }
        await replace(sources: sources)
    }

    /// Ends the subscriptions of sources that are no more.
    func replace(sources: [Source]) async {
        let names = Set(sources.map(\.name))
        for source in namesBySource.keys where !names.contains(source) { await end(source) }
    }

    private static func name(of subscription: Subscription) -> String {
        String(subscription.callback.split(separator: "/").last ?? "")
    }
}

// MARK: - What cycles ask and tell

extension Subscriber {
    /// Returns until when a hub tells what is new of a source; `nil` while it has to be polled.
    func liveUntil(_ source: String) -> Date? {
        guard let subscription = namesBySource[source].flatMap({ subscriptions[$0] }),
            subscription.state == .live, caughtUp.contains(source), !doubted.contains(source)
        else { return nil }
        return subscription.leaseEndsAt.flatMap { $0 > clock() ? $0 : nil }
    }

    /// Takes what a good poll has shown: the feed's hubs, `nil` where it was not read, and whether it had news.
    func notePoll(of source: Source, links: HubLinks?, hasNews: Bool, begunAt: Date) async {
        if let since = liveSince[source.name] {
            if hasNews, caughtUp.contains(source.name), doubted.insert(source.name).inserted {
                logger.info(
                    "a poll has found what the hub did not tell",
                    metadata: ["source": "\(source.name)"]
                )
            }
            if begunAt >= since { caughtUp.insert(source.name) }
        }
        guard let links, Self.isPublic(source) else { return }
        let hub = links.hubs.first(where: Self.isUsable)
        let topic = links.topic.flatMap { Self.isUsable($0) ? $0 : nil } ?? source.url
        let known = namesBySource[source.name].flatMap { subscriptions[$0] }
        if let known {
            guard known.hub != hub || known.topic != topic else { return }
            await end(source.name)
        }
        if let hub { await add(source: source.name, hub: hub, topic: topic) }
    }

    /// Whether a source may be named to a hub: one that is asked with a secret, or is a local file, may not.
    private static func isPublic(_ source: Source) -> Bool {
        isUsable(source.url) && source.manners.privateHeaders.isEmpty
            && !source.url.split(separator: "/").dropFirst().prefix(1).contains { $0.contains("@") }
    }

    private static func isUsable(_ url: String) -> Bool {
        let isWeb = ["http://", "https://"].contains { url.lowercased().hasPrefix($0) }
        return isWeb && url.utf8.count <= maximumURLBytes
    }

    private func add(source: String, hub: String, topic: String) async {
        let name = Self.secret()
        var subscription = Subscription(
            callback: "\(publicURL)/\(name)",
            source: source,
            hub: hub,
            topic: topic,
            secret: Self.secret()
        )
        subscription.nextRequestAt = clock()
        namesBySource[source] = name
        await keep(subscription, name)
    }

    /// 256 random bits as hexadecimal digits.
    private static func secret() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<4).map { _ in
            let digits = String(generator.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    private func end(_ source: String) async {
        guard let name = namesBySource.removeValue(forKey: source), var known = subscriptions[name] else {
            return
        }
        policy.end(&known, at: clock())
        stopTrusting(source)
        box.removeAll(of: source)
        await keep(known, name)
    }

    private func stopTrusting(_ source: String) {
        liveSince[source] = nil
        caughtUp.remove(source)
        doubted.remove(source)
    }

    private func keep(_ subscription: Subscription, _ name: String) async {
        subscriptions[name] = subscription
        do {
            try await store.save(subscription)
        } catch {
            logger.error(
                "nothing stored",
                metadata: ["source": "\(subscription.source)", "reason": "\(error)"]
            )
        }
    }

    private func forget(_ subscription: Subscription, _ name: String) async {
        subscriptions[name] = nil
        do {
            try await store.removeSubscription(subscription.callback)
        } catch {
            logger.error(
                "nothing stored",
                metadata: ["source": "\(subscription.source)", "reason": "\(error)"]
            )
        }
    }
}

// MARK: - What hubs are asked

extension Subscriber {
    /// Does what is due: requests, renewals, and the end of what has lapsed.
    func work() async {
        let now = clock()
        for (name, subscription) in subscriptions {
            if policy.isOver(subscription, at: now) { await forget(subscription, name) }
            if subscription.state == .live, let end = subscription.leaseEndsAt, end <= now {
                await lapse(subscription, name)
            }
        }
        let due = subscriptions.filter { $0.value.nextRequestAt.map { $0 <= now } ?? false }
            .sorted { ($0.value.nextRequestAt ?? now) < ($1.value.nextRequestAt ?? now) }
            .prefix(Self.requestsAtOnce)
        await withTaskGroup { group in
            for (name, _) in due { group.addTask { await self.ask(name) } }
        }
    }

    private func lapse(_ subscription: Subscription, _ name: String) async {
        var subscription = subscription
        subscription.state = .wanted
        stopTrusting(subscription.source)
        await keep(subscription, name)
        logger.info("subscription has lapsed", metadata: place(of: subscription))
        await hasten(subscription.source)
    }

    private func ask(_ name: String) async {
        guard var subscription = subscriptions[name] else { return }
        policy.ask(&subscription, at: clock())
        // The hub may ask back before it answers.
        await keep(subscription, name)
        let mode = subscription.state == .ending ? "unsubscribe" : "subscribe"
        let refusal = await hubs.send(mode, subscription, leaseSeconds: policy.wantedLeaseSeconds)
        guard let refusal, !refusal.isStop else { return }
        let level: Logger.Level = troubles.isNews("hub", of: subscription.source) ? .warning : .debug
        let reason: Logger.Metadata = ["reason": "\(refusal.reason)", "mode": "\(mode)"]
        logger.log(
            level: level,
            "hub does not take a request",
            metadata: place(of: subscription).merging(reason) { $1 }
        )
    }

    private func place(of subscription: Subscription) -> Logger.Metadata {
        ["source": "\(subscription.source)", "hub": "\(subscription.hub.prefix { $0 != "?" })"]
    }
}

// MARK: - What hubs ask and tell

extension Subscriber {
    /// Returns the answer to a request whose body need not be read; `nil` where it has to be.
    func answerToHead(of request: CallbackRequest) -> CallbackAnswer? {
        let isPush = request.method == "POST"
        guard isPush || request.method == "GET" else { return CallbackAnswer(status: 405) }
        guard let known = subscriptions[request.name] else { return isPush ? .gone : .unknown }
        return isPush && (known.state == .denied || known.state == .ending) ? .gone : nil
    }

    /// Answers a request of a hub.
    func answer(_ request: CallbackRequest) async -> CallbackAnswer {
        if let answer = answerToHead(of: request) { return answer }
        guard let known = subscriptions[request.name] else { return .unknown }
        return request.method == "POST"
            ? await take(request, known) : await verify(request.query, known, request.name)
    }

    private func verify(
        _ query: [String: String],
        _ known: Subscription,
        _ name: String
    ) async -> CallbackAnswer {
        var subscription = known
        if query["hub.mode"] == "denied" {
            guard query["hub.topic"] == known.topic, known.askedAt != nil, known.state != .ending else {
                return .unknown
            }
            policy.deny(&subscription, at: clock())
            stopTrusting(known.source)
            await keep(subscription, name)
            let reason: Logger.Metadata = ["reason": "\((query["hub.reason"] ?? "").prefix(200))"]
            logger.warning("hub has refused", metadata: place(of: known).merging(reason) { $1 })
            await hasten(known.source)
            return CallbackAnswer(status: 200)
        }
        guard policy.isAskedFor(query["hub.mode"], topic: query["hub.topic"], known),
            let challenge = query["hub.challenge"], !challenge.isEmpty
        else { return .unknown }
        if known.state == .ending {
            await forget(known, name)
        } else {
            let lease = query["hub.lease_seconds"].flatMap(Double.init)
            policy.begin(&subscription, leaseSeconds: lease.flatMap { $0.isFinite ? $0 : nil }, at: clock())
            if known.state != .live {
                liveSince[known.source] = clock()
                logger.info("subscribed", metadata: place(of: known))
            }
            troubles.end("hub", of: known.source)
            await keep(subscription, name)
        }
        return CallbackAnswer(status: 200, body: challenge)
    }

    /// What is not signed as asked for is answered as if it were, so that nobody learns what would be (§7).
    private func take(_ request: CallbackRequest, _ known: Subscription) async -> CallbackAnswer {
        guard known.askedAt != nil,
            HubSignature.isValid(request.fields["x-hub-signature"], of: request.body, secret: known.secret)
        else {
            let level: Logger.Level = troubles.isNews("signature", of: known.source) ? .warning : .debug
            logger.log(level: level, "push without a good signature ignored", metadata: place(of: known))
            return .taken
        }
        troubles.end("signature", of: known.source)
        let push = PushBox.Push(body: request.body, contentType: request.fields["content-type"])
        guard box.put(push, of: known.source) else { return .full }
        doubted.remove(known.source)
        await hasten(known.source)
        return .taken
    }
}
