import Delivering
import Foundation
import Synchronization
import TallyModel
import Testing

@Suite(.timeLimit(.minutes(1))) struct MailSinkTests {
    private final class Postbox: MailClient {
        private let mails = Mutex<[Mail]>([])
        private let error: MailError?

        init(error: MailError? = nil) {
            self.error = error
        }

        var sent: [Mail] { mails.withLock { $0 } }

        func send(_ mail: Mail) async throws(MailError) {
            if let error { throw error }
            mails.withLock { $0.append(mail) }
        }
    }

    private func sink(_ client: any MailClient) -> MailSink {
        let configuration = MailSink.Configuration(
            host: "mail.example",
            port: 587,
            security: .starttls,
            from: "tally@desk.example",
            to: ["a@desk.example", "b@desk.example"]
        )
        return MailSink(name: "mail", configuration: configuration, client: client, clock: { Samples.now })
    }

    @Test("a mail has a stable identifier, a thread for its figure, and a body that reads as the alert")
    func mail() async throws {
        let client = Postbox()
        #expect(await sink(client).deliver(try Samples.message()) == .delivered)
        let mail = try #require(client.sent.first)
        #expect(mail.to == ["a@desk.example", "b@desk.example"])
        let text = String(decoding: mail.content, as: UTF8.self)
        let parts = text.components(separatedBy: "\r\n\r\n")
        let header = parts[0]
        #expect(header.contains("Message-ID: <alert_1@desk.example>"))
        #expect(header.contains("References: <figure_1@desk.example>"))
        #expect(header.contains("Auto-Submitted: auto-generated"))
        #expect(header.contains("Date: Mon, 02 Feb 2026 02:40:00 +0000"))
        #expect(header.utf8.allSatisfy { $0 < 0x80 })
        #expect(header.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 78 })
        let body = try #require(Data(base64Encoded: parts[1], options: .ignoreUnknownCharacters))
        #expect(String(decoding: body, as: UTF8.self).contains("“Thirty-one were rescued.” (Corrie Wire"))
    }

    @Test("an alert's text cannot add a header")
    func injection() async throws {
        var alert = Samples.contradiction()
        alert.data.figure?.label = "people\r\nBcc: victim@example.org"
        let client = Postbox()
        #expect(await sink(client).deliver(try Samples.message(alert)) == .delivered)
        let text = String(decoding: try #require(client.sent.first).content, as: UTF8.self)
        #expect(!text.components(separatedBy: "\r\n").contains { $0.hasPrefix("Bcc:") })
    }

    @Test("a server that does not take it is asked again")
    func failure() async throws {
        let client = Postbox(error: MailError(code: 450, reason: "the mail server answered 450"))
        let expected = DeliveryResult.failed(reason: "the mail server answered 450", retryAfterSeconds: nil)
        #expect(await sink(client).deliver(try Samples.message()) == expected)
    }
}

@Suite(.timeLimit(.minutes(1))) struct CommandSinkTests {
    private func sink(_ script: String, timeoutSeconds: Double = 20) -> CommandSink {
        CommandSink(name: "script", command: ["/bin/sh", "-c", script], timeoutSeconds: timeoutSeconds)
    }

    @Test("a command gets the alert on standard input and its identifiers in the environment")
    func input() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let script =
            "{ cat; echo; echo $TALLYWATCH_ALERT_ID $TALLYWATCH_TYPE $TALLYWATCH_PURPOSE; } > \(path)"
        let message = try Samples.message()
        #expect(await sink(script).deliver(message) == .delivered)
        let written = try String(contentsOfFile: path, encoding: .utf8)
        #expect(written == message.first.body + "\nalert_1 figure.contradicted alert\n")
    }

    @Test("an exit status, a signal and a missing program are failures that name themselves")
    func failures() async throws {
        let message = try Samples.message()
        #expect(
            await sink("exit 3").deliver(message)
                == .failed(reason: "/bin/sh: exit status 3", retryAfterSeconds: nil)
        )
        #expect(
            await sink("kill -KILL $$").deliver(message)
                == .failed(reason: "/bin/sh: signal 9", retryAfterSeconds: nil)
        )
        let missing = CommandSink(name: "script", command: ["/nonexistent/program"], timeoutSeconds: 1)
        guard case .failed(let reason, _) = await missing.deliver(message) else {
            Issue.record("delivered by nobody")
            return
        }
        #expect(reason.hasPrefix("/nonexistent/program cannot be run"))
    }

    @Test("a command that does not end is killed")
    func timeout() async throws {
        let result = await sink("exec sleep 60", timeoutSeconds: 0.2).deliver(try Samples.message())
        #expect(result == .failed(reason: "/bin/sh did not end within 0 s", retryAfterSeconds: nil))
    }
}
