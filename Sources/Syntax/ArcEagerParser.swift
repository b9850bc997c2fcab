/// The arc-eager transition system with sentence breaks and unshifting, as spaCy trains it.
///
/// Source: Nivre, "Algorithms for Deterministic Incremental Dependency Parsing" (2008); Nivre and Fernández-González,
/// "Arc-Eager Parsing with the Tree Constraint" (2014); spaCy 3.8, `_parser_internals/arc_eager.pyx`.
struct ArcEagerParser {
    private let model: SyntaxModel
    private let features: StateFeatures
    private let firstRow: Int
    private let count: Int
    private var stack: [Int] = []
    /// Tokens that came back from the stack.
    private var returned: [Int] = []
    private var next = 0
    private var heads: [Int]
    private var moveOfArc: [Int]
    private var leftChildren: [[Int]]
    private var rightChildren: [[Int]]
    private var isUnshiftable: [Bool]
    private var isStart: [Bool]

    /// Creates a parser of the sentence whose `count` tokens begin at a row of the batch.
    init(model: SyntaxModel, features: StateFeatures, firstRow: Int, count: Int) {
        self.model = model
        self.features = features
        self.firstRow = firstRow
        self.count = count
        heads = Array(repeating: -1, count: count)
        moveOfArc = Array(repeating: -1, count: count)
        leftChildren = Array(repeating: [], count: count)
        rightChildren = Array(repeating: [], count: count)
        isUnshiftable = Array(repeating: false, count: count)
        isStart = Array(repeating: false, count: count)
    }

    /// Returns the head and the relation of each token; a root's head is the token itself.
    mutating func parse() -> (heads: [Int], labels: [Dependency]) {
        var scores = [Float](repeating: 0, count: model.moves.count)
        // Each token is shifted, left and broken off at most once, and unshifted once: a bound, not a budget.
        var steps = 8 * count + 8
        while !(stack.isEmpty && bufferCount == 0), steps > 0 {
            score(&scores)
            guard let best = bestValidMove(scores) else { break }
            apply(best)
            steps -= 1
        }
        return finished()
    }
}

private extension ArcEagerParser {
    var bufferCount: Int { count - next + returned.count }

    func buffer(_ index: Int) -> Int {
        if index < returned.count { return returned[returned.count - 1 - index] }
        let position = next + index - returned.count
        return position < count ? position : -1
    }

    func stack(_ index: Int) -> Int { index < stack.count ? stack[stack.count - 1 - index] : -1 }

    func lastLeft(of token: Int) -> Int { token < 0 ? -1 : leftChildren[token].last ?? -1 }

    func lastRight(of token: Int) -> Int { token < 0 ? -1 : rightChildren[token].last ?? -1 }

    func score(_ scores: inout [Float]) {
        let tokens = [
            buffer(0), buffer(1), stack(0), stack(1), stack(2),
            lastLeft(of: buffer(0)), lastLeft(of: stack(0)), lastRight(of: stack(0)),
        ]
        let width = SyntaxModel.hiddenWidth
        withUnsafeTemporaryAllocation(of: Float.self, capacity: width) { hidden in
            features.fill(hidden, rows: tokens.map { $0 < 0 ? -1 : $0 + firstRow })
            let layer = UnsafeRawBufferPointer(hidden)
            model.moveWeights.withUnsafeBytes { weights in
                for move in scores.indices {
                    var sum = SIMD8<Float>()
                    for block in stride(from: 0, to: width, by: 8) {
                        sum +=
                            Self.eight(of: layer, at: block)
                            * Self.eight(of: weights, at: move * width + block)
                    }
                    scores[move] = sum.sum() + model.moveBias[move]
                }
            }
        }
    }

    static func eight(of numbers: UnsafeRawBufferPointer, at index: Int) -> SIMD8<Float> {
        numbers.loadUnaligned(fromByteOffset: index * MemoryLayout<Float>.stride, as: SIMD8<Float>.self)
    }

    func bestValidMove(_ scores: [Float]) -> Int? {
        let canShift = isShiftValid
        let canReduce = !stack.isEmpty
        let canAttach = !stack.isEmpty && bufferCount > 0 && !isStart[buffer(0)]
        let canBreak = bufferCount >= 2 && buffer(1) == buffer(0) + 1 && !isStart[buffer(1)]
        var best: Int?
        for (index, move) in model.moves.enumerated() {
            let isValid =
                switch move.kind {
                case .shift: canShift
                case .reduce: canReduce
                case .left, .right: canAttach
                case .sentenceBreak: canBreak
                }
            if isValid, best.map({ scores[index] > scores[$0] }) ?? true { best = index }
        }
        return best
    }

    var isShiftValid: Bool {
        if stack.isEmpty { return bufferCount > 0 }
        return bufferCount >= 2 && !isStart[buffer(0)] && !isUnshiftable[buffer(0)]
    }

    mutating func push() {
        if let token = returned.popLast() {
            stack.append(token)
        } else {
            stack.append(next)
            next += 1
        }
    }

    mutating func apply(_ move: Int) {
        switch model.moves[move].kind {
        case .shift: push()
        case .reduce:
            let top = stack.removeLast()
            if heads[top] < 0, !stack.isEmpty {
                isUnshiftable[top] = true
                returned.append(top)
            }
        case .left:
            let child = stack.removeLast()
            attach(child, to: buffer(0), by: move)
            isUnshiftable[buffer(0)] = false
        case .right:
            attach(buffer(0), to: stack(0), by: move)
            push()
        case .sentenceBreak: isStart[buffer(1)] = true
        }
    }

    mutating func attach(_ child: Int, to head: Int, by move: Int) {
        let old = heads[child]
        if old > child {
            leftChildren[old].removeAll { $0 == child }
        } else if old >= 0 {
            rightChildren[old].removeAll { $0 == child }
        }
        if head > child {
            leftChildren[head].append(child)
        } else {
            rightChildren[head].append(child)
        }
        heads[child] = head
        moveOfArc[child] = move
    }

    /// Puts lifted arcs back: the new head is the first descendant of the old one with the label that it was lifted from.
    func finished() -> (heads: [Int], labels: [Dependency]) {
        var tree = heads.enumerated().map { $1 < 0 ? $0 : $1 }
        var labels = moveOfArc.map { $0 < 0 ? Dependency.root : model.moves[$0].label }
        for token in 0..<count where moveOfArc[token] >= 0 {
            guard let lifted = model.moves[moveOfArc[token]].liftedFrom else { continue }
            if let head = descendant(of: tree[token], labelled: lifted, besides: token, in: tree, labels) {
                tree[token] = head
            }
        }
        for token in 0..<count where tree[token] == token { labels[token] = .root }
        return (tree, labels)
    }

    func descendant(
        of head: Int,
        labelled label: Dependency,
        besides token: Int,
        in tree: [Int],
        _ labels: [Dependency]
    ) -> Int? {
        var queue = [head]
        while !queue.isEmpty {
            var following: [Int] = []
            for parent in queue {
                for child in 0..<count where tree[child] == parent && child != parent && child != token {
                    if labels[child] == label { return child }
                    following.append(child)
                }
            }
            queue = following
        }
        return nil
    }
}
