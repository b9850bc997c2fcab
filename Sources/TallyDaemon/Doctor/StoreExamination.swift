import Fetching
import Foundation
import Storing
import TallyModel

/// Looks at the store, at whoever holds it, and at what lies in its outbox.
struct StoreExamination {
    let settings: Settings

    func findings() async -> [Finding] {
        guard case .file(let path) = settings.store else {
            return [
                .warning(
                    "store",
                    "it is in memory",
                    "store: sqlite:///var/lib/tallywatch/tallywatch.db keeps it"
                )
            ]
        }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        var findings = [FreeSpace.finding("store", at: folder)].compactMap { $0 }
        guard FileManager.default.fileExists(atPath: path) else {
            let place = WritablePlace.of(path)
            guard place.isWritable else {
                let advice = "give \(place.path) to the daemon's user: chown tallywatch \(place.path)"
                return findings + [.error("store", "\(NSUserName()) may not make \(path)", advice)]
            }
            return findings + [.ok("store", "there is none at \(path) yet; the first run makes it")]
        }
        if !FileManager.default.isWritableFile(atPath: path) {
            let advice = "run as the daemon's user, or give it the store: chown -R tallywatch \(folder)"
            findings.append(.error("store", "\(NSUserName()) may not write \(path)", advice))
        }
        do {
            let store = try SQLiteStore(readingPath: path)
            findings += try await content(of: store, path: path)
            try? await store.closeReading()
        } catch {
            findings.append(.error("store", "\(error)", Self.repair(path)))
        }
        findings.append(daemon(path))
        return findings
    }

    private static func repair(_ path: String) -> String {
        "stop the daemon, keep \(path) aside and put the last backup (tallywatch backup) in its place"
    }

    private func content(of store: SQLiteStore, path: String) async throws -> [Finding] {
        let problems = try await store.integrityProblems()
        var findings: [Finding] =
            problems.isEmpty
            ? [.ok("store", "\(path) is whole, \(try await store.sizeBytes() >> 20) MB")]
            : [.error("store", "\(path) is damaged: \(problems[0])", Self.repair(path))]
        for (sink, reason) in try await store.disabledSinks(targets: try await targets()).sorted(by: {
            $0.key < $1.key
        }) {
            let advice =
                "give it the url of a receiver that wants alerts, or let it be used again: tallywatch deliveries replay --sink \(sink)"
            let text = "it answered \(reason), is disabled, and gets nothing more"
            findings.append(.error("sink \(sink)", text, advice))
        }
        for (sink, states) in try await store.deliveryCounts().sorted(by: { $0.key < $1.key }) {
            let dead = states[.abandoned] ?? 0
            guard dead > 0 else { continue }
            let advice =
                "tallywatch deliveries --sink \(sink) says why; tallywatch deliveries replay --sink \(sink) sends them"
            findings.append(.warning("sink \(sink)", "\(dead) deliveries were given up", advice))
        }
        for (sink, oldest) in try await store.oldestPendingDeliveries().sorted(by: { $0.key < $1.key })
        where Date().timeIntervalSince(oldest) > 3600 {
            let text = "a delivery has been on its way since \(Timestamp.text(of: oldest))"
            findings.append(.warning("sink \(sink)", text, "tallywatch deliveries --sink \(sink) says why"))
        }
        for source in try await store.storedSources() where source.state.failureCount > 0 {
            guard settings.sources.contains(where: { $0.name == source.name }) else { continue }
            let text = "\(source.state.failureCount) polls failed: \(source.state.lastError ?? "")"
            findings.append(.warning("source \(source.name)", text, "look at \(source.url) with a browser"))
        }
        return findings
    }

    /// Where the sinks lead, by their names.
    private func targets() async throws -> [String: String] {
        let fetcher = Fetcher(configuration: FetchConfiguration())
        let clients = SinkClients(http: fetcher, mail: Mailer(configuration: FetchConfiguration()))
        let sinks = try Sinks(services: settings.alerts, clients: clients).all
        await fetcher.close()
        return Dictionary(uniqueKeysWithValues: sinks.map { ($0.name, $0.target) })
    }

    private func daemon(_ path: String) -> Finding {
        do {
            let lock = try StoreLock(storePath: path)
            withExtendedLifetime(lock) {}
            return .warning("daemon", "none is running on this store", "systemctl start tallywatch")
        } catch StoringError.inUse {
            guard let socket = settings.controlSocket, FileManager.default.fileExists(atPath: socket) else {
                let advice = "pin, mute, ack and deliveries replay need it: look into the daemon's log"
                return .warning("daemon", "it runs without a control socket", advice)
            }
            return .ok("daemon", "it runs, its socket is \(socket)")
        } catch {
            return .warning("daemon", "\(error)", "run as the daemon's user")
        }
    }
}
