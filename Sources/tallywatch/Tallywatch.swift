@main
enum Tallywatch {
    static func main() {}
}
