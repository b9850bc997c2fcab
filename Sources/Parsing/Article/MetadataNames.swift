/// The names of `meta` elements, the most trustworthy first.
///
/// Sources: <https://ogp.me/#type_article>, <https://schema.org/Article>, Dublin Core, and the names that
/// publishing systems
/// write, as htmldate lists them (<https://htmldate.readthedocs.io/>).
enum MetadataNames {
    static let author = [
        "author", "article:author", "article:author_name", "byl", "parsely-author", "sailthru.author",
        "dc.creator",
        "dcterms.creator", "citation_author", "twitter:creator:name",
    ]

    static let modified = [
        "article:modified_time", "og:article:modified_time", "datemodified", "og:updated_time",
        "dcterms.modified",
        "dc.date.modified", "last-modified", "lastmod", "article.updated", "date_updated", "revised",
    ]

    static let published = [
        "article:published_time", "og:article:published_time", "datepublished", "og:published_time",
        "article.published",
        "article:published", "parsely-pub-date", "sailthru.date", "dcterms.created", "dcterms.issued",
        "dc.date.issued",
        "dc.date.created", "dc.date", "dcterms.date", "citation_publication_date", "pubdate", "publishdate",
        "publish-date", "publish_date", "publication_date", "publisheddate", "published_at", "date_published",
        "datecreated", "originalpublicationdate", "cxenseparse:recs:publishtime", "rbpubdate", "ptime",
        "date",
    ]

    static let title = [
        "dc:title", "dcterm:title", "dcterms:title", "og:title", "dc.title", "dcterms.title", "title",
        "twitter:title", "parsely-title", "headline",
    ]
}
