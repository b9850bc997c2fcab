/// The elements of feeds that are read, by the prefix under which their namespace is known and in lower case.
///
/// Sources: the specifications that ``FeedReader`` names, and the modules of ``XMLNamespaces``.
enum FeedName: String, CaseIterable {
    case about
    case atomAuthor = "atom:author"
    case atomCategory = "atom:category"
    case atomContent = "atom:content"
    case atomCreated = "atom:created"
    case atomEntry = "atom:entry"
    case atomFeed = "atom:feed"
    case atomID = "atom:id"
    case atomIssued = "atom:issued"
    case atomLink = "atom:link"
    case atomModified = "atom:modified"
    case atomName = "atom:name"
    case atomPublished = "atom:published"
    case atomSource = "atom:source"
    case atomSummary = "atom:summary"
    case atomTitle = "atom:title"
    case atomUpdated = "atom:updated"
    case author
    case body
    case category
    case channel
    case content
    case contentEncoded = "content:encoded"
    case created
    case day
    case dcCreator = "dc:creator"
    case dcDate = "dc:date"
    case dcDescription = "dc:description"
    case dcIdentifier = "dc:identifier"
    case dcLanguage = "dc:language"
    case dcSubject = "dc:subject"
    case dcTitle = "dc:title"
    case dctermsCreated = "dcterms:created"
    case dctermsIssued = "dcterms:issued"
    case dctermsModified = "dcterms:modified"
    case description
    case entry
    case feed
    case guid
    case hour
    case id
    case issued
    case item
    case items
    case itunesAuthor = "itunes:author"
    case itunesSummary = "itunes:summary"
    case itunesTitle = "itunes:title"
    case keywords
    case language
    case lastBuildDate = "lastbuilddate"
    case lastmod
    case link
    case loc
    case mediaContent = "media:content"
    case mediaDescription = "media:description"
    case mediaGroup = "media:group"
    case mediaTitle = "media:title"
    case modified
    case name
    case newsKeywords = "news:keywords"
    case newsLanguage = "news:language"
    case newsName = "news:name"
    case newsNews = "news:news"
    case newsPublication = "news:publication"
    case newsPublicationDate = "news:publication_date"
    case newsTitle = "news:title"
    case opml
    case origLink = "feedburner:origlink"
    case outline
    case pubDate = "pubdate"
    case published
    case rdf = "rdf:rdf"
    case rss
    case sitemap
    case sitemapIndex = "sitemapindex"
    case skipDays = "skipdays"
    case skipHours = "skiphours"
    case source
    case subtitle
    case summary
    case syFrequency = "sy:updatefrequency"
    case syPeriod = "sy:updateperiod"
    case title
    case ttl
    case updated
    case url
    case urlset

    /// Whether the element is one of the things that a feed lists.
    var isEntry: Bool { self == .item || self == .entry || self == .atomEntry || self == .url }

    /// Whether the element holds text and no element: one that begins inside it tells that its end is missing.
    var isLeaf: Bool {
        switch self {
        case .atomID, .atomIssued, .atomLink, .atomModified, .atomPublished, .atomUpdated, .dcDate, .guid,
            .id,
            .lastBuildDate,
            .language, .link, .loc, .lastmod, .pubDate, .published, .ttl, .updated:
            true
        default: false
        }
    }

    /// Whether the element is a field of an entry that a title without end cannot hold.
    var endsTitle: Bool {
        isLeaf || isEntry || self == .description || self == .contentEncoded || self == .author
            || self == .category
    }
}
