import Fetching
import Foundation
import TallyModel
import Testing

/// libcurl's SMTP against a real server (aiosmtpd) with TLS and a login.
@Suite(
    .timeLimit(.minutes(2)),
    .enabled(if: SecureMailServer.isInstalled, "python3-aiosmtpd is not installed")
)
struct SecureMailTests {
    @Test("a mail arrives whole over TLS, with a login", arguments: [Mail.Security.starttls, .tls])
    func arrives(_ security: Mail.Security) async throws {
        let server = try await SecureMailServer(security)
        defer { server.stop() }
        let mail = mail(to: server, security)
        try await mailer(trusting: server).send(mail)
        let received = try #require(server.received.first)
        #expect(server.received.count == 1)
        #expect(received.tls)
        #expect(received.user == "tally")
        #expect(received.from == "tally@desk.example")
        #expect(received.to == ["a@desk.example", "b@desk.example"])
        #expect(received.content == String(decoding: mail.content, as: UTF8.self))
    }

    @Test("a wrong password is a failure with the server's code, and nothing is sent")
    func wrongPassword() async throws {
        let server = try await SecureMailServer(.starttls)
        defer { server.stop() }
        var mail = mail(to: server, .starttls)
        mail.login = Mail.Login(user: "tally", password: "wrong")
        let error = await #expect(throws: MailError.self) { try await mailer(trusting: server).send(mail) }
        #expect(error?.code == 535, "\(String(describing: error))")
        #expect(error?.reason.contains("wrong") == false)
        #expect(server.received.isEmpty)
    }

    @Test("a certificate that is not trusted ends the mail before the login")
    func untrusted() async throws {
        let server = try await SecureMailServer(.starttls)
        defer { server.stop() }
        let mail = mail(to: server, .starttls)
        let error = await #expect(throws: MailError.self) { try await mailer(trusting: nil).send(mail) }
        #expect(error?.reason.contains("certificate") == true, "\(String(describing: error))")
        #expect(server.received.isEmpty)
        #expect(server.logins == 0)
    }

    private func mailer(trusting server: SecureMailServer?) -> Mailer {
        var configuration = FetchConfiguration()
        configuration.allowedNetworks = [NetworkRange("127.0.0.0/8")].compactMap { $0 }
        configuration.certificateFile = server?.certificate
        return Mailer(configuration: configuration)
    }

    private func mail(to server: SecureMailServer, _ security: Mail.Security) -> Mail {
        var mail = Mail(
            host: "127.0.0.1",
            port: server.port,
            security: security,
            from: "tally@desk.example",
            to: ["a@desk.example", "b@desk.example"],
            content: Array("Subject: a test\r\n\r\nfirst line\r\n.a line with a dot\r\nlast line\r\n".utf8)
        )
        mail.login = Mail.Login(user: "tally", password: "geheim")
        return mail
    }
}
