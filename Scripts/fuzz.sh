#!/bin/sh
# Runs one reader of documents on inputs of libFuzzer's making: Scripts/fuzz.sh feed|html|url|date|json [SECONDS]
#
# The seeds are in Tests/Fuzzing/Seeds; what is found beyond them is kept in .build/fuzz/corpus, and an input that
# crashes, hangs or leaks in .build/fuzz/found.
set -eu
reader=${1:?usage: Scripts/fuzz.sh feed|html|url|date|json [SECONDS]}
seconds=${2:-600}
cd "$(dirname "$0")/.."
export TALLYWATCH_FUZZ=1 TALLYWATCH_FUZZ_READER="$reader"
swift build -c release --scratch-path .build/fuzz --product fuzz -Xswiftc -enable-testing -Xswiftc -sanitize=fuzzer,address
mkdir -p ".build/fuzz/corpus/$reader" .build/fuzz/found
export SWIFT_BACKTRACE=enable=no
exec .build/fuzz/release/fuzz -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1 \
    -artifact_prefix=.build/fuzz/found/ ".build/fuzz/corpus/$reader" "Tests/Fuzzing/Seeds/$reader"
