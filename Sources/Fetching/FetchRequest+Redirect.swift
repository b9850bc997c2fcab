import TallyModel

extension FetchRequest {
    /// Returns the request that follows a redirect: same wishes, but no secret for another origin.
    ///
    /// - Parameters:
    ///   - target: The absolute URL that the redirect leads to.
    ///   - url: The URL that answered with the redirect.
    ///   - original: The request before any redirect, whose origin the secrets belong to.
    /// - Returns: The request to send next.
    /// - Throws: ``FetchError/badURL(_:)`` where it may not be followed.
    static func following(
        to target: String,
        from url: String,
        of original: FetchRequest
    ) throws(FetchError) -> FetchRequest {
        guard let next = RequestURL(target) else { throw .badURL("a redirect leads to what is no URL") }
        guard next.isWeb else { throw .badURL("a redirect leads to what is neither http nor https") }
        if let old = RequestURL(url), old.scheme == "https", next.scheme == "http" {
            throw .badURL("a redirect leads from https to http")
        }
        var request = original
        request.url = target
        let isHome = RequestURL(original.url)?.sharesCredentials(with: next) ?? false
        if !isHome { request.privateHeaders = [] }
        return request
    }
}
