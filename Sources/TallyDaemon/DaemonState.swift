import TallyModel

/// What changes while the daemon runs.
actor DaemonState {
    /// What was done since the start.
    struct Totals: Sendable {
        var sources = 0
        var polls = 0
        var articles = 0
        var claims = 0
        var alerts = 0
        /// Readings of the configuration that failed.
        var failedReloads = 0
    }

    private(set) var settings: Settings
    private(set) var sinks: Sinks
    private(set) var totals = Totals()
    private(set) var silentStages: [String] = []
    private(set) var isStopping = false

    init(settings: Settings, sinks: Sinks) {
        self.settings = settings
        self.sinks = sinks
        totals.sources = settings.sources.count
    }

    var status: String {
        let silent = silentStages.isEmpty ? "" : ", NO ANSWER: \(silentStages.joined(separator: " "))"
        return
            "\(totals.sources) sources, \(totals.polls) polls, \(totals.articles) articles, \(totals.alerts) alerts"
            + silent
    }

    func add(_ report: CycleReport) {
        totals.polls += 1
        totals.articles += report.articles
        totals.claims += report.claims
        totals.alerts += report.alerts
    }

    func set(silentStages: [String]) {
        self.silentStages = silentStages
    }

    func stop() {
        isStopping = true
    }

    func noteFailedReload() {
        totals.failedReloads += 1
    }

    func replace(settings: Settings, sinks: Sinks) {
        self.settings = settings
        self.sinks = sinks
        totals.sources = settings.sources.count
    }
}
