import TallyModel

/// The colour that a severity is shown in.
enum SeverityColor {
    /// 0xRRGGBB.
    static func number(_ severity: Alert.Severity) -> Int {
        switch severity {
        case .info: 0x1976d2
        case .warning: 0xf57c00
        case .critical: 0xd32f2f
        }
    }

    /// `#rrggbb`.
    static func hexadecimal(_ severity: Alert.Severity) -> String {
        "#" + String(number(severity), radix: 16)
    }
}
