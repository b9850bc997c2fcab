/// Three pages about one invented accident.
enum Pages {
    static let first = page(
        outlet: "Corrie Wire",
        published: "2026-04-02T07:00:00Z",
        title: "Bus overturns on the Corrie pass",
        text:
            "Thirty-one passengers were injured when a bus overturned on the Corrie pass near Ardvale on Thursday, police said."
    )
    static let edited = page(
        outlet: "Corrie Wire",
        published: "2026-04-02T07:00:00Z",
        title: "Bus overturns on the Corrie pass",
        text:
            "Twenty-six passengers were injured when a bus overturned on the Corrie pass near Ardvale on Thursday, police said."
    )
    static let second = page(
        outlet: "Vale Post",
        published: "2026-04-02T07:30:00Z",
        title: "Corrie pass bus accident fills Ardvale hospital",
        text:
            "The Ardvale hospital said 14 passengers were injured when the bus overturned on the Corrie pass on Thursday."
    )

    static let manyFigures = page(
        outlet: "Corrie Wire",
        published: "2026-04-02T07:00:00Z",
        title: "Bus overturns on the Corrie pass",
        text: """
            Thirty-one passengers were injured when a bus overturned on the Corrie pass near Ardvale on Thursday, police \
            said. Nine passengers were killed. Police said 52 firefighters were deployed to the Corrie pass.
            """
    )
    static let manyOtherFigures = page(
        outlet: "Vale Post",
        published: "2026-04-02T07:30:00Z",
        title: "Corrie pass bus accident fills Ardvale hospital",
        text: """
            The Ardvale hospital said 14 passengers were injured when the bus overturned on the Corrie pass on Thursday. \
            The hospital said three passengers were killed. The hospital said 20 firefighters were deployed to the Corrie \
            pass.
            """
    )

    static let sumOfKinds = page(
        outlet: "Corrie Wire",
        published: "2026-04-02T07:00:00Z",
        title: "Hostel fire on Quay Street in Ardvale",
        text: "Seven adults and a child died in the fire at the Quay Street hostel in Ardvale, police said."
    )
    static let wholeSum = page(
        outlet: "Vale Post",
        published: "2026-04-02T08:30:00Z",
        title: "Ardvale hostel fire: Quay Street closed",
        text: "Police said that eight people died in the fire at the Quay Street hostel in Ardvale."
    )

    private static func page(outlet: String, published: String, title: String, text: String) -> String {
        """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>\(title) | \(outlet)</title>
        <meta property="og:site_name" content="\(outlet)"><meta property="og:title" content="\(title)">
        <meta property="article:published_time" content="\(published)"></head>
        <body><nav><a href="/">Home</a></nav><main><article><h1>\(title)</h1><p>\(text)</p>
        <p>The road over the pass was closed for the rest of the day.</p></article></main></body></html>
        """
    }
}
