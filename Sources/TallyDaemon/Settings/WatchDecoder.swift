import Foundation
import TallyModel
import Yams

/// Turns the `watches` of a configuration into values.
struct WatchDecoder {
    let reader: SettingsReader

    func watches(from node: Node?) -> [Watch] {
        var names: Set<String> = []
        return reader.sequence(node, "watches").compactMap { item, key in
            let allowed = ["name", "about", "figures", "alert"]
            guard let keys = reader.mapping(item, key, allowed: allowed) else { return nil }
            guard let name = reader.text(keys["name"], "\(key).name", in: item, isRequired: true) else {
                return nil
            }
            if !names.insert(name).inserted {
                reader.report(keys["name"], "\(key).name", "\(name) is the name of another watch too")
            }
            return Watch(
                name: name,
                about: reader.texts(keys["about"], "\(key).about"),
                figures: figures(keys["figures"], "\(key).figures"),
                alerts: alerts(keys["alert"], "\(key).alert")
            )
        }
    }

    private func alerts(_ node: Node?, _ key: String) -> Set<Alert.Kind> {
        let figureKinds: [Alert.Kind] = [.new, .updated, .contradicted, .corrected, .denied]
        guard let node else { return Set(figureKinds) }
        let byName = Dictionary(uniqueKeysWithValues: figureKinds.map { ("\($0)", $0) })
        var kinds: Set<Alert.Kind> = []
        for (item, itemKey) in reader.sequence(node, key) {
            if let name = item.scalar?.string, let kind = byName[name] {
                kinds.insert(kind)
            } else {
                let known = figureKinds.map { "\($0)" }.joined(separator: ", ")
                reader.report(item, itemKey, "must be one of \(known)")
            }
        }
        return kinds
    }

    private func figures(_ node: Node?, _ key: String) -> [WatchedFigure] {
        reader.sequence(node, key).compactMap { item, key in
            let allowed = ["name", "measure", "unit", "baseline", "tolerance", "cumulative"]
            guard let keys = reader.mapping(item, key, allowed: allowed),
                let name = reader.text(keys["name"], "\(key).name", in: item, isRequired: true),
                let measure = reader.text(keys["measure"], "\(key).measure", in: item, isRequired: true)
            else { return nil }
            var figure = WatchedFigure(name: name, measure: measure)
            figure.unit = reader.text(keys["unit"], "\(key).unit", in: item)
            figure.tolerance = reader.share(keys["tolerance"], "\(key).tolerance")
            figure.isCumulative = reader.truth(keys["cumulative"], "\(key).cumulative")
            if let baseline = keys["baseline"] { read(baseline, "\(key).baseline", into: &figure) }
            return figure
        }
    }

    private func read(_ node: Node, _ key: String, into figure: inout WatchedFigure) {
        guard let keys = reader.mapping(node, key, allowed: ["low", "best", "high", "as_of"]) else { return }
        let low = reader.number(keys["low"], "\(key).low")
        let best = reader.number(keys["best"], "\(key).best")
        let high = reader.number(keys["high"], "\(key).high")
        guard low != nil || best != nil || high != nil else {
            reader.report(node, key, "needs low, best or high")
            return
        }
        if let low, let high, low > high {
            reader.report(node, key, "has a low above its high")
        }
        figure.baseline = Baseline(
            low: low ?? (high == nil ? best : nil),
            best: best,
            high: high ?? (low == nil ? best : nil)
        )
        figure.baselineAsOf = reader.text(keys["as_of"], "\(key).as_of", in: node)
    }
}
