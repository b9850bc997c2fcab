extension CharacterReference {
    /// Appends what a reference of a page stands for, or its `&` where it is none
    /// (<https://html.spec.whatwg.org/multipage/parsing.html#character-reference-state>).
    ///
    /// - Parameters:
    ///   - input: Bytes that begin with `&`.
    ///   - output: Where the characters are appended.
    ///   - inAttribute: Whether the bytes are an attribute's value.
    /// - Returns: How many bytes of the input were used, at least one.
    static func append(
        _ input: UnsafeBufferPointer<UInt8>,
        to output: inout [UInt8],
        inAttribute: Bool
    ) -> Int {
        guard input.count > 2 else {
            output.append(UInt8(ascii: "&"))
            return 1
        }
        if input[1] == UInt8(ascii: "#") { return appendNumeric(input, to: &output) }
        var length = 1
        while length < input.count, length <= longestName,
            input[length].isASCIILetter || input[length].isASCIIDigit
        {
            length += 1
        }
        if length > 1, let used = appendNamed(input, length: length, to: &output, inAttribute: inAttribute) {
            return used
        }
        output.append(UInt8(ascii: "&"))
        return 1
    }

    private static func appendNamed(
        _ input: UnsafeBufferPointer<UInt8>,
        length: Int,
        to output: inout [UInt8],
        inAttribute: Bool
    ) -> Int? {
        let hasEnd = length < input.count && input[length] == UInt8(ascii: ";")
        if hasEnd, let scalar = common(UnsafeBufferPointer(rebasing: input[1..<length])) {
            output += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
            return length + 1
        }
        let name = ArraySlice(Array(input[1..<length]))
        if hasEnd, let found = meaning(of: name) {
            output += found.bytes
            return length + 1
        }
        // Only the oldest names are known without a semicolon: they have at most six letters.
        for end in stride(from: min(name.endIndex, name.startIndex + 6), to: name.startIndex + 1, by: -1) {
            guard let found = meaning(of: name[..<end]), found.isBare else { continue }
            let next = 1 + end - name.startIndex
            if inAttribute, next < input.count,
                input[next] == UInt8(ascii: "=") || input[next].isASCIILetter || input[next].isASCIIDigit
            {
                return nil
            }
            output += found.bytes
            return next
        }
        return nil
    }

    private static func appendNumeric(_ input: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) -> Int {
        guard let (code, end) = number(in: input) else {
            output.append(UInt8(ascii: "&"))
            return 1
        }
        output += scalar(of: code).flatMap(UTF8.encode) ?? UTF8.encodedReplacementCharacter
        return end < input.count && input[end] == UInt8(ascii: ";") ? end + 1 : end
    }
}
