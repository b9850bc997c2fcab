/// The part of the store that keeps subscriptions, so that they outlive the process.
public protocol SubscriptionStore: Sendable {
    /// Returns all subscriptions.
    func subscriptions() async throws -> [Subscription]

    /// Writes a subscription, new or changed.
    func save(_ subscription: Subscription) async throws

    /// Forgets the subscription of a callback.
    func removeSubscription(_ callback: String) async throws
}
