import FoundationEssentials
import TallyModel
import Testing

@testable import Extracting

@Suite struct QuantityParserTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var text: String
        var low: Decimal?
        var high: Decimal?
        var qualifier: Quantity.Qualifier
        var unit: String?
        var testDescription: String { text }

        init(
            _ text: String,
            _ low: Decimal?,
            _ high: Decimal?,
            _ qualifier: Quantity.Qualifier,
            _ unit: String? = nil
        ) {
            self.text = text
            self.low = low
            self.high = high
            self.qualifier = qualifier
            self.unit = unit
        }
    }

    static let cases: [Case] = [
        Case("1,234.5 tonnes", Decimal(string: "1234.5"), Decimal(string: "1234.5"), .exact, "tonne"),
        Case("12,34,567 voters", 1_234_567, 1_234_567, .exact),
        Case("$3.5m", 3_500_000, 3_500_000, .exact, "usd"),
        Case("€1.2bn", 1_200_000_000, 1_200_000_000, .exact, "eur"),
        Case("2k followers", 2_000, 2_000, .exact),
        Case("5.4 million people", 5_400_000, 5_400_000, .exact),
        Case("two dozen men", 24, 24, .exact),
        Case("half a million doses", 500_000, 500_000, .exact),
        Case("one and a half million euros", 1_500_000, 1_500_000, .exact, "eur"),
        Case("three hundred and fifty firefighters", 350, 350, .exact),
        Case("thirty-seven soldiers", 37, 37, .exact),
        Case("two thousand one hundred and six votes", 2_106, 2_106, .exact),
        Case("10,000 to 12,000 soldiers", 10_000, 12_000, .range),
        Case("between 5 and 7 percent", 5, 7, .range, "percent"),
        Case("5-7 days", 5, 7, .range, "day"),
        Case("$1.2\u{2013}1.4bn", 1_200_000_000, 1_400_000_000, .range, "usd"),
        Case("at least nine soldiers", 9, nil, .atLeast),
        Case("no fewer than 40 houses", 40, nil, .atLeast),
        Case("more than a dozen ships", 12, nil, .moreThan),
        Case("over 10,000 soldiers", 10_000, nil, .moreThan),
        Case("up to 12,000 troops", nil, 12_000, .atMost),
        Case("as many as 300 people", nil, 300, .atMost),
        Case("under 20 boats", nil, 20, .lessThan),
        Case("fewer than 100 people", nil, 100, .lessThan),
        Case("nearly five hours", 5, 5, .approx, "hour"),
        Case("an estimated 3,000 people", 3_000, 3_000, .approx),
        Case("just over 50 people", 50, 50, .approx),
        Case("20 or more people", 20, nil, .atLeast),
        Case("several houses", 3, 9, .vague),
        Case("a few houses", 3, 5, .vague),
        Case("dozens of people", 24, 99, .vague),
        Case("a few dozen people", 24, 60, .vague),
        Case("scores of people", 40, 199, .vague),
        Case("several hundred people", 300, 900, .vague),
        Case("tens of thousands of people", 20_000, 99_999, .vague),
        Case("hundreds of thousands of people", 200_000, 999_999, .vague),
        Case("380 square miles", 380, 380, .exact, "square_mile"),
        Case("40% of the land", 40, 40, .exact, "percent"),
        Case("two thirds of the land", Decimal(string: "66.7"), Decimal(string: "66.7"), .exact, "percent"),
        Case("one in four jobs", 25, 25, .exact, "percent"),
        Case("112F", 112, 112, .exact, "fahrenheit"),
        Case("25 basis points", 25, 25, .exact, "basis_point"),
        Case("minus \u{20AC}48 million", -48_000_000, -48_000_000, .exact, "eur"),
        Case("not a single case", 0, 0, .exact),
        // Separators.
        Case("1 234,5 tonnes", Decimal(string: "1234.5"), Decimal(string: "1234.5"), .exact, "tonne"),
        Case("1\u{2019}234 houses", 1_234, 1_234, .exact),
        Case("40 000 houses", 40_000, 40_000, .exact),
        Case("1.111,11 euros", Decimal(string: "1111.11"), Decimal(string: "1111.11"), .exact, "eur"),
        Case("1.234.567 votes", 1_234_567, 1_234_567, .exact),
        Case("1,00,000 voters", 100_000, 100_000, .exact),
        Case(".08 percent", Decimal(string: "0.08"), Decimal(string: "0.08"), .exact, "percent"),
        // Words and parts.
        Case("three lakh crore rupees", 3_000_000_000_000, 3_000_000_000_000, .exact, "inr"),
        Case("Rs 3 crore 12 lakh", 31_200_000, 31_200_000, .exact, "inr"),
        Case("four mln tonnes", 4_000_000, 4_000_000, .exact, "tonne"),
        Case("two hundred and two thousand men", 202_000, 202_000, .exact),
        Case("five and a half million men", 5_500_000, 5_500_000, .exact),
        Case(
            "two hundred point zero three metres",
            Decimal(string: "200.03"),
            Decimal(string: "200.03"),
            .exact,
            "metre"
        ),
        Case("one-and-a-half pages", Decimal(string: "1.5"), Decimal(string: "1.5"), .exact),
        Case("10 1/2 miles", Decimal(string: "10.5"), Decimal(string: "10.5"), .exact, "mile"),
        Case("half a mile", Decimal(string: "0.5"), Decimal(string: "0.5"), .exact, "mile"),
        Case("half a point", Decimal(string: "0.5"), Decimal(string: "0.5"), .exact, "percentage_point"),
        Case("an hour and a half", Decimal(string: "1.5"), Decimal(string: "1.5"), .exact, "hour"),
        Case("a couple of houses", 2, 2, .exact),
        Case("minus 5.5 degrees", Decimal(string: "-5.5"), Decimal(string: "-5.5"), .exact, "celsius"),
        // Ranges.
        Case("between two hundred and three hundred men", 200, 300, .range),
        Case("3- to 5-year terms", 3, 5, .range, "year"),
        Case("more than 40 and fewer than 60 men", 40, 60, .range),
        Case("34,000, plus or minus ten per cent", 30_600, 37_400, .range),
        Case("5k-20k users", 5_000, 20_000, .range),
        // Bounds.
        Case("north of 3,000 people", 3_000, nil, .moreThan),
        Case("just shy of 40 people", 40, 40, .approx),
        Case("upwards of 90 people", 90, nil, .moreThan),
        Case("a minimum of 9 people", 9, nil, .atLeast),
        Case("a ceiling of four euros", nil, 4, .atMost, "eur"),
        Case("in excess of 70 people", 70, nil, .moreThan),
        Case("circa 600 people", 600, 600, .approx),
        Case("20-plus people", 20, nil, .atLeast),
        Case("10 or so people", 10, 10, .approx),
        Case("more than about 50 people", 50, nil, .moreThan),
        // Money.
        Case("HK$5m", 5_000_000, 5_000_000, .exact, "hkd"),
        Case("\u{20A9}500 million", 500_000_000, 500_000_000, .exact, "krw"),
        Case("5 \u{20AC}", 5, 5, .exact, "eur"),
        Case("120 MEUR", 120_000_000, 120_000_000, .exact, "eur"),
        Case("3.5 million Swiss francs", 3_500_000, 3_500_000, .exact, "chf"),
        Case("300p", 300, 300, .exact, "penny"),
        // Units.
        Case("6ft 6in", Decimal(string: "6.5"), Decimal(string: "6.5"), .exact, "foot"),
        Case("120 km/h", 120, 120, .exact, "kmh"),
        Case("3 kWh", 3, 3, .exact, "kilowatt_hour"),
        Case("16GB", 16, 16, .exact, "gigabyte"),
        Case("7 km\u{B2}", 7, 7, .exact, "square_km"),
        Case(
            "5.2 degrees above the mean",
            Decimal(string: "5.2"),
            Decimal(string: "5.2"),
            .exact,
            "celsius_difference"
        ),
        Case("nine times the limit", 9, 9, .exact, "ratio"),
        Case("3m high", 3, 3, .exact, "metre"),
        Case("3m people", 3_000_000, 3_000_000, .exact),
        Case("5.1-magnitude quake", Decimal(string: "5.1"), Decimal(string: "5.1"), .exact, "magnitude"),
    ]

    @Test("words for quantities become bounds, qualifiers and units", arguments: cases)
    func quantity(_ row: Case) throws {
        let sentence = try #require(SentenceSplitter().sentences(of: row.text).first)
        let reading = try #require(QuantityParser().quantity(in: sentence, at: 0))
        #expect(reading.low == row.low)
        #expect(reading.high == row.high)
        #expect(reading.qualifier == row.qualifier)
        #expect(reading.unit == row.unit)
    }
}
