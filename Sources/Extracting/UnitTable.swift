/// The words for units of measure.
enum UnitTable {
    /// Units by their words, behind the number.
    static let units = Phrases(TableReader.rows(unitRows).map { ($0[0], $0[1]) })
    /// Currencies by their words, behind the number.
    static let currencies = Phrases(TableReader.rows(currencyRows).map { ($0[0], $0[1]) })
    /// Currencies by sign.
    static let signs = TableReader.pairs(signRows)
    /// Currencies by the letters before a dollar sign.
    static let dollars = TableReader.pairs(dollarRows)
    /// Currencies by their ISO code before or behind the number.
    static let codes = TableReader.words(codeRows)
    /// Names of units that measure time.
    static let times: Set<String> = [
        "second", "minute", "hour", "day", "week", "month", "year", "decade", "century",
    ]
    /// Returns whether a lower-case word names a span of time.
    static func isTime(_ word: String) -> Bool { times.contains(Words.singular(word)) }
    static let areas: Set<String> = [
        "hectare", "acre", "square_km", "square_mile", "square_metre", "square_foot",
    ]
    static let speeds: Set<String> = ["kmh", "mph", "knot", "metre_per_second"]
    static let lengths: Set<String> = [
        "mm", "cm", "metre", "km", "inch", "foot", "yard", "mile", "nautical_mile",
    ]

    // words | unit. Source: BIPM SI brochure, 9th edition; NIST SP 811, appendix B; AP and Guardian style for the short forms.
    private static let unitRows = """
        % points|percentage_point
        % point|percentage_point
        %|percent
        acre|acre
        acres|acre
        barrel|barrel
        barrels|barrel
        basis point|basis_point
        basis points|basis_point
        bps|basis_point
        centimeter|cm
        centimeters|cm
        centimetre|cm
        centimetres|cm
        cm|cm
        cubic feet|cubic_foot
        cubic meter|cubic_metre
        cubic meters|cubic_metre
        cubic metre|cubic_metre
        cubic metres|cubic_metre
        day|day
        days|day
        decade|decade
        decades|decade
        degree celsius|celsius
        degrees|celsius
        degrees c|celsius
        degrees celsius|celsius
        degrees centigrade|celsius
        degrees f|fahrenheit
        degrees fahrenheit|fahrenheit
        feet|foot
        foot|foot
        ft|foot
        gallon|gallon
        gallons|gallon
        gigawatt|gigawatt
        gigawatts|gigawatt
        gram|gram
        gramme|gram
        grammes|gram
        grams|gram
        gw|gigawatt
        ha|hectare
        hectare|hectare
        hectares|hectare
        hour|hour
        hours|hour
        hr|hour
        hrs|hour
        inch|inch
        inches|inch
        kg|kg
        kgs|kg
        kilo|kg
        kilogram|kg
        kilogramme|kg
        kilogrammes|kg
        kilograms|kg
        kilometer|km
        kilometers|km
        kilometers an hour|kmh
        kilometers per hour|kmh
        kilometre|km
        kilometres|km
        kilometres an hour|kmh
        kilometres per hour|kmh
        kilos|kg
        kilowatt|kilowatt
        kilowatts|kilowatt
        km|km
        km / h|kmh
        km per hour|kmh
        kmh|kmh
        kms|km
        knots|knot
        kph|kmh
        kw|kilowatt
        lb|pound
        lbs|pound
        liter|litre
        liters|litre
        litre|litre
        litres|litre
        m / s|metre_per_second
        megawatt|megawatt
        megawatts|megawatt
        meter|metre
        meters|metre
        meters per second|metre_per_second
        metre|metre
        metres|metre
        metres per second|metre_per_second
        metric ton|tonne
        metric tonnes|tonne
        metric tons|tonne
        mg|milligram
        mile|mile
        miles|mile
        miles an hour|mph
        miles per hour|mph
        milligram|milligram
        milligrams|milligram
        millimeter|mm
        millimeters|mm
        millimetre|mm
        millimetres|mm
        min|minute
        mins|minute
        minute|minute
        minutes|minute
        mm|mm
        month|month
        months|month
        mph|mph
        mw|megawatt
        nautical mile|nautical_mile
        nautical miles|nautical_mile
        ounce|ounce
        ounces|ounce
        oz|ounce
        p . c .|percent
        pc|percent
        pct|percent
        per cent|percent
        percent|percent
        percentage - point|percentage_point
        percentage point|percentage_point
        percentage points|percentage_point
        second|second
        seconds|second
        short tons|short_ton
        sq ft|square_foot
        sq km|square_km
        sq m|square_metre
        sq mi|square_mile
        sq miles|square_mile
        square feet|square_foot
        square foot|square_foot
        square kilometer|square_km
        square kilometers|square_km
        square kilometre|square_km
        square kilometres|square_km
        square km|square_km
        square meter|square_metre
        square meters|square_metre
        square metre|square_metre
        square metres|square_metre
        square mile|square_mile
        square miles|square_mile
        ton|tonne
        tonne|tonne
        tonnes|tonne
        tons|tonne
        watts|watt
        week|week
        weeks|week
        yard|yard
        yards|yard
        year|year
        years|year
        \u{B0}|celsius
        \u{B0} c|celsius
        \u{B0} f|fahrenheit
        \u{2103}|celsius
        \u{2109}|fahrenheit
        """

    // words | ISO 4217 code in lower case. Source: ISO 4217, list one. "pounds" is money only by its surroundings.
    private static let currencyRows = """
        american dollars|usd
        australian dollars|aud
        baht|thb
        bitcoin|btc
        bitcoins|btc
        canadian dollars|cad
        dirham|aed
        dirhams|aed
        dollar|usd
        dollars|usd
        dlrs|usd
        euro|eur
        euros|eur
        forint|huf
        forints|huf
        french francs|frf
        hong kong dollars|hkd
        hryvnia|uah
        hryvnias|uah
        naira|ngn
        new zealand dollars|nzd
        pence|gbp_pence
        pounds sterling|gbp
        rand|zar
        reais|brl
        ringgit|myr
        rouble|rub
        roubles|rub
        ruble|rub
        rubles|rub
        rupee|inr
        rupees|inr
        rupiah|idr
        shekel|ils
        shekels|ils
        singapore dollars|sgd
        swiss francs|chf
        taka|bdt
        turkish lira|try
        u.s. dollars|usd
        us dollars|usd
        won|krw
        yen|jpy
        yuan|cny
        zlotys|pln
        """

    // sign | code. Source: Unicode, "Currency Symbols" (U+20A0 to U+20CF) and CLDR.
    private static let signRows = """
        $|usd
        \u{A3}|gbp
        \u{A5}|jpy
        \u{20A6}|ngn
        \u{20A9}|krw
        \u{20AA}|ils
        \u{20AB}|vnd
        \u{20AC}|eur
        \u{20B1}|php
        \u{20B4}|uah
        \u{20B9}|inr
        \u{20BA}|try
        \u{20BD}|rub
        """

    // letters | code. Source: The Economist style guide, "Currencies".
    private static let dollarRows = """
        a|aud
        au|aud
        c|cad
        ca|cad
        hk|hkd
        mx|mxn
        nz|nzd
        r|brl
        s|sgd
        u.s.|usd
        us|usd
        """

    // Source: ISO 4217, list one.
    private static let codeRows = """
        aed ars aud bdt brl cad chf clp cny cop czk dkk egp eur gbp hkd huf idr ils inr jpy kes krw mxn myr ngn nok nzd
        php pkr pln ron rub sar sek sgd thb try twd uah usd vnd zar
        """
}
