import CSyntaxModel
import FoundationEssentials
import Glibc

/// The weights of the tagger and the parser, as Scripts/convert_syntax_model.py lays them out.
struct SyntaxModel: Sendable {
    /// A layer that maps each row of its input to the greatest of three affine pieces, then normalises it.
    struct MaxoutLayer: Sendable {
        let weights: [Float]
        let bias: [Float]
        let gain: [Float]
        let offset: [Float]
    }

    /// The width of a token's vector.
    static let width = 96
    /// The affine pieces of which a maxout takes the greatest.
    static let pieces = 3
    /// The width of the parser's hidden layer, of its token vectors, and its pieces.
    static let hiddenWidth = 64
    static let hiddenPieces = 2
    /// The tokens of a state that the parser looks at.
    static let stateTokens = 8

    /// A table of hashed vectors that stays in the binary in half precision: few of its rows are ever asked for.
    struct Embedding: Sendable {
        /// Where its first number lies in the model.
        let offset: Int
        /// The number of its rows, of ``SyntaxModel/width`` numbers each.
        let rows: UInt32
    }

    /// The hashed embeddings of norm, prefix, suffix, shape, following space and being space.
    let embeddings: [Embedding]
    let mixer: MaxoutLayer
    let encoder: [MaxoutLayer]
    let tagWeights: [Float]
    let tagBias: [Float]
    let tokenWeights: [Float]
    let tokenBias: [Float]
    let stateWeights: [Float]
    let stateBias: [Float]
    let statePadding: [Float]
    let moveWeights: [Float]
    let moveBias: [Float]
    let tags: [PartOfSpeech]
    let moves: [Move]
    /// Hash of a word's spelling to the hash of the spelling that the model knows it by ("honour", "honor").
    let norms: [UInt64: UInt64]

    /// The embedded model.
    static let embedded: SyntaxModel = {
        // The weights are copied; what they were read from is not needed again.
        defer { releasePages() }
        return SyntaxModel(bytes: bytes)
    }()

    /// Adds a row of an embedding to a vector.
    static func add(_ row: UInt32, of embedding: Embedding, to vector: UnsafeMutableBufferPointer<Float>) {
        let start = embedding.offset + Int(row % embedding.rows) * width * 2
        for column in 0..<width { vector[column] += float(bytes, at: start + column * 2) }
    }

    /// Lets the system take the model's pages back; they are read from the binary again when they are needed.
    static func releasePages() {
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        let start = Int(bitPattern: tally_syntax_model_start())
        let first = (start + page - 1) / page * page
        let last = (start + tally_syntax_model_size) / page * page
        guard let address = UnsafeMutableRawPointer(bitPattern: first), last > first else { return }
        madvise(address, last - first, MADV_DONTNEED)
    }

    private static var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: tally_syntax_model_start(), count: tally_syntax_model_size)
    }
}

private extension SyntaxModel {
    struct Header: Decodable {
        struct Tensor: Decodable {
            let name: String
            let count: Int
        }

        let tags: [String]
        let moves: [String]
        let tensors: [Tensor]
        let norms: Int
    }

    init(bytes: UnsafeRawBufferPointer) {
        let headerSize = Int(UInt32(littleEndian: bytes.load(as: UInt32.self)))
        guard let header = try? JSONDecoder().decode(Header.self, from: Data(bytes[4..<4 + headerSize]))
        else { preconditionFailure("the embedded model's header is no JSON of its shape") }
        var offset = 4 + headerSize
        var sizes = header.tensors.map(\.count)[...]
        func next() -> [Float] {
            let count = sizes.removeFirst()
            defer { offset += count * 2 }
            return Self.floats(bytes, at: offset, count: count)
        }
        func nextEmbedding() -> Embedding {
            let count = sizes.removeFirst()
            defer { offset += count * 2 }
            return Embedding(offset: offset, rows: UInt32(count / Self.width))
        }
        func nextLayer() -> MaxoutLayer {
            MaxoutLayer(weights: next(), bias: next(), gain: next(), offset: next())
        }
        embeddings = (0..<6).map { _ in nextEmbedding() }
        mixer = nextLayer()
        encoder = (0..<4).map { _ in nextLayer() }
        tagWeights = next()
        tagBias = next()
        stateWeights = next()
        stateBias = next()
        statePadding = next()
        moveWeights = next()
        moveBias = next()
        tokenWeights = next()
        tokenBias = next()
        tags = header.tags.map { PartOfSpeech(rawValue: $0) ?? .other }
        moves = header.moves.map(Move.init(name:))
        offset = (offset + 7) / 8 * 8
        var norms: [UInt64: UInt64] = [:]
        norms.reserveCapacity(header.norms)
        for index in 0..<header.norms {
            let at = offset + index * 16
            norms[bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)] =
                bytes.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self)
        }
        self.norms = norms
    }

    static func floats(_ bytes: UnsafeRawBufferPointer, at offset: Int, count: Int) -> [Float] {
        [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            for index in 0..<count { buffer[index] = float(bytes, at: offset + index * 2) }
            initialized = count
        }
    }

    /// Widens a half-precision number: IEEE 754's exponent moves by 112, which a multiplication does for subnormals too.
    static func float(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Float {
        let half = bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self)
        let bits = UInt32(half & 0x8000) << 16 | UInt32(half & 0x7FFF) << 13
        return Float(bitPattern: bits) * Float(bitPattern: (127 + 112) << 23)
    }
}
