import FoundationEssentials

/// Finds the zone that a page shows its dates in, where it declares them in UTC.
///
/// The day of an article is that of its readers: 02:41 UTC on the 19th is the evening of the 18th in New York.
struct ShownZone {
    /// The zones that other dates of the page are written in, in minutes east of UTC.
    let zones: [Int]

    /// The zones of the world, in minutes east of UTC.
    private static let world = -720...840

    /// Returns a declared moment in the zone of what is shown, which is read as UTC where it names none.
    ///
    /// A shown time of day tells the zone; a shown day, where it is the one before or after, tells it with the help of
    /// the page's other dates. Without them the moment stays in UTC: a zone is not guessed.
    func moment(_ declared: DateText.Moment, shownAs shown: DateText.Moment?) -> DateText.Moment {
        guard declared.zone == 0, let shown, shown.zone == nil else { return declared }
        let seconds = Int(declared.date.timeIntervalSince1970.rounded(.down))
        let other = Int(shown.date.timeIntervalSince1970.rounded(.down))
        if other % 86400 != 0 {
            let minutes = other / 60 - seconds / 60
            let isZone = Self.world.contains(minutes) && minutes % 15 == 0
            return isZone ? .init(date: declared.date, zone: minutes) : declared
        }
        func isShown(_ minutes: Int) -> Bool { (seconds + minutes * 60) / 86400 == other / 86400 }
        guard seconds > 86400, !isShown(0) else { return declared }
        guard let zone = zones.first(where: { $0 != 0 && Self.world.contains($0) && isShown($0) }) else {
            return declared
        }
        return .init(date: declared.date, zone: zone)
    }
}
