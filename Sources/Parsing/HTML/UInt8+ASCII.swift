extension UInt8 {
    @inline(__always)
    var isASCIILetter: Bool { self | 0x20 >= 0x61 && self | 0x20 <= 0x7A }

    @inline(__always)
    var isASCIIDigit: Bool { self >= 0x30 && self <= 0x39 }

    /// Space, tab, line feed, form feed, carriage return.
    @inline(__always)
    var isASCIISpace: Bool { self == 0x20 || self >= 0x09 && self <= 0x0D && self != 0x0B }

    /// The byte as a lower-case letter where it is a capital one.
    @inline(__always)
    var asciiLowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
}
