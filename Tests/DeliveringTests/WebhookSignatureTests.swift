import Delivering
import Foundation
import Testing

@Suite struct WebhookSignatureTests {
    struct Vector: CustomTestStringConvertible, Sendable {
        let secret: String
        let id: String
        let timestamp: Int
        let body: String
        let signature: String
        var testDescription: String { id }
    }

    /// Published in the reference libraries of Standard Webhooks (Go, Python, JavaScript; Rust).
    static let published = [
        Vector(
            secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
            timestamp: 1_614_265_330,
            body: #"{"test": 2432232314}"#,
            signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        ),
        Vector(
            secret: "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
            id: "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
            timestamp: 1_649_367_553,
            body: #"{"email":"test@example.com","username":"test_user"}"#,
            signature: "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw="
        ),
    ]

    @Test("signs as the published vectors do", arguments: published)
    func signs(_ vector: Vector) throws {
        let secrets = [try WebhookSecret(vector.secret)]
        let body = Array(vector.body.utf8)
        let value = WebhookSignature.value(
            id: vector.id,
            timestamp: vector.timestamp,
            body: body,
            secrets: secrets
        )
        #expect(value == vector.signature)
    }

    @Test("signs with every secret while one replaces the other")
    func rotates() throws {
        let secrets = try Self.published.map { try WebhookSecret($0.secret) }
        let value = WebhookSignature.value(id: "m", timestamp: 1, body: [], secrets: secrets)
        let single = secrets.map { WebhookSignature.value(id: "m", timestamp: 1, body: [], secrets: [$0]) }
        #expect(value == single.joined(separator: " "))
    }

    @Test(
        "a secret that is none is refused, and one that is does not show itself",
        arguments: [
            "", "whsec_", "whsec_c2hvcnQ=", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_not base64 at all!!",
        ]
    )
    func refuses(_ text: String) throws {
        #expect(throws: DeliveringError.badSecret) { try WebhookSecret(text) }
        #expect("\(try WebhookSecret(Self.published[0].secret))" == "whsec_…")
    }

    static let shared = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../shared/data/ops/webhook_vectors.json").standardizedFileURL

    @Test("signs as the shared vectors do", .enabled(if: FileManager.default.fileExists(atPath: shared.path)))
    func sharedVectors() throws {
        struct Document: Decodable {
            struct Row: Decodable {
                let secret: String
                let webhook_id: String
                let webhook_timestamp: Int
                let body_utf8: String
                let webhook_signature: String
            }
            let vectors: [Row]
        }
        let document = try JSONDecoder().decode(Document.self, from: Data(contentsOf: Self.shared))
        #expect(!document.vectors.isEmpty)
        for row in document.vectors {
            let value = WebhookSignature.value(
                id: row.webhook_id,
                timestamp: row.webhook_timestamp,
                body: Array(row.body_utf8.utf8),
                secrets: try row.secret.split(separator: " ").map { try WebhookSecret(String($0)) }
            )
            #expect(value == row.webhook_signature)
        }
    }
}
