import TallyModel

/// Articles as the JSON that ``Document`` reads.
enum ArticleDocument {
    static func text(of article: Article) -> String {
        var json = JSONText(reserving: article.text.utf8.count + article.title.utf8.count + 300)
        json.add("authors", article.authors)
        json.add("language", article.language)
        json.add(
            "modified",
            article.modified.map { Timestamp.text(of: $0, minutesEast: article.modifiedZone) }
        )
        json.add("outlet", article.outlet)
        json.add("partial", article.isPartial)
        json.add(
            "published",
            article.published.map { Timestamp.text(of: $0, minutesEast: article.publishedZone) }
        )
        json.add("text", article.text)
        json.add("title", article.title)
        json.add("url", article.url)
        return json.closed()
    }
}
