import Fetching

/// What the configuration says of the network, as fetchers take it.
extension Settings {
    /// For feeds and pages.
    var fetching: FetchConfiguration {
        var configuration = FetchConfiguration()
        configuration.allowedNetworks = allowedNetworks.compactMap { NetworkRange($0) }
        if let contact { configuration.userAgent = FetchConfiguration.userAgent(contact: contact) }
        configuration.maximumTransfersPerHost = transfersPerHost ?? configuration.maximumTransfersPerHost
        configuration.requestsPerSecondPerHost =
            requestsPerSecondPerHost ?? configuration.requestsPerSecondPerHost
        return configuration
    }

    /// For webhooks and mail.
    var delivering: FetchConfiguration {
        var configuration = fetching
        configuration.maximumTransfersPerHost = 16
        return configuration
    }
}
