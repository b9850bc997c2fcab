import Dispatching
import Fetching
import Foundation
import Synchronization
import TallyModel
import Testing

@Suite(.timeLimit(.minutes(1))) struct MailerTests {
    private func mailer(allowed: [String] = ["127.0.0.0/8"]) -> Mailer {
        var configuration = FetchConfiguration()
        configuration.allowedNetworks = allowed.compactMap { NetworkRange($0) }
        return Mailer(configuration: configuration)
    }

    private func mail(_ server: MailServer, security: Mail.Security = .none) -> Mail {
        Mail(
            host: "127.0.0.1",
            port: Int(server.port),
            security: security,
            from: "tally@desk.example",
            to: ["a@desk.example", "b@desk.example"],
            content: Array("Subject: x\r\n\r\none\r\n.two\r\n".utf8)
        )
    }

    @Test("a mail is handed over whole, to each of its receivers, with dots doubled")
    func sends() async throws {
        let server = try MailServer()
        try await mailer().send(mail(server))
        #expect(
            server.commands.contains { $0.hasPrefix("MAIL FROM:<tally@desk.example>") }
                && server.commands.contains("RCPT TO:<a@desk.example>")
                && server.commands.contains("RCPT TO:<b@desk.example>")
        )
        #expect(server.data == ["Subject: x", "", "one", "..two"])
    }

    @Test("a refusal names its reply code", arguments: [450, 550])
    func refused(_ code: Int) async throws {
        let server = try MailServer(replyToReceivers: "\(code) no")
        let error = await #expect(throws: MailError.self) { try await mailer().send(mail(server)) }
        #expect(error?.code == code)
        #expect(error?.reason.contains("\(code)") == true)
    }

    @Test("without STARTTLS at the server nothing is sent where it is asked for, least of all a password")
    func startTLS() async throws {
        let server = try MailServer()
        var mail = mail(server, security: .starttls)
        mail.login = Mail.Login(user: "tally", password: "secret")
        let error = await #expect(throws: MailError.self) { try await mailer().send(mail) }
        #expect(error?.reason.contains("secret") == false)
        #expect(!server.commands.contains { $0.hasPrefix("AUTH") || $0.hasPrefix("MAIL") })
    }

    @Test("a server on a private network that is not allowed is not connected to")
    func privateAddress() async throws {
        let server = try MailServer()
        let error = await #expect(throws: MailError.self) { try await mailer(allowed: []).send(mail(server)) }
        #expect(error?.reason.contains("network.allow") == true)
        #expect(server.commands.isEmpty)
    }

    @Test(
        "an address that would be a second command is refused",
        arguments: ["a@b>\r\nRCPT TO:<c@d", "a b@c", "<a@b"]
    )
    func injection(_ address: String) async throws {
        let server = try MailServer()
        var mail = mail(server)
        mail.to = [address]
        await #expect(throws: MailError.self) { try await mailer().send(mail) }
        #expect(server.commands.isEmpty)
    }
}

/// An SMTP server on 127.0.0.1 that takes one mail a connection.
private final class MailServer: Sendable {
    let port: UInt16
    private let replyToReceivers: String
    private let seen = Mutex<(commands: [String], data: [String])>(([], []))

    var commands: [String] { seen.withLock { $0.commands } }
    var data: [String] { seen.withLock { $0.data } }

    init(replyToReceivers: String = "250 ok") throws {
        self.replyToReceivers = replyToReceivers
        let listener = try LoopbackListener()
        port = listener.port
        listener.serve { [self] connection in
            listener.stop()
            converse(connection)
        }
    }

    private func converse(_ connection: Int32) {
        var isInData = false
        say("220 mail.example ready", connection)
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            bytes += buffer[..<count]
            while let end = bytes.firstIndex(of: 10) {
                let line = String(decoding: bytes[..<end].filter { $0 != 13 }, as: UTF8.self)
                bytes.removeSubrange(...end)
                if isInData {
                    isInData = line != "."
                    if isInData {
                        seen.withLock { $0.data.append(line) }
                    } else {
                        say("250 taken", connection)
                    }
                } else {
                    seen.withLock { $0.commands.append(line) }
                    isInData = line == "DATA"
                    answer(line, connection)
                }
            }
        }
    }

    private func answer(_ command: String, _ connection: Int32) {
        switch command.prefix(4) {
        case "RCPT": say(replyToReceivers, connection)
        case "DATA": say("354 go on", connection)
        case "QUIT": say("221 bye", connection)
        default: say("250 ok", connection)
        }
    }

    private func say(_ line: String, _ connection: Int32) {
        let bytes = Array("\(line)\r\n".utf8)
        _ = send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }
}
