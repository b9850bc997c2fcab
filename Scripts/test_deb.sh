#!/bin/bash
# Installs, upgrades, removes and purges a package in a root directory of its own, without its maintainer scripts'
# dependencies on a running systemd: test_deb.sh PACKAGE
set -euo pipefail
package=$(realpath "$1")
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
fail() { echo "test_deb: $*" >&2; exit 1; }

if command -v lintian > /dev/null; then
    lintian --allow-root --fail-on error,warning "$package" || fail "lintian"
else
    echo "test_deb: lintian is not installed, nothing was checked with it"
fi

# dpkg with a database of its own; the scripts run with a PATH on which systemd's tools only say what they are asked.
mkdir -p "$root"/{db/{info,updates,triggers},bin,rootfs/{etc,var/lib,var/log,run}}
touch "$root"/db/{status,available}
for tool in systemctl systemd-sysusers chgrp; do
    printf '#!/bin/sh\necho "%s $*" >> "%s/calls"\n' "$tool" "$root" > "$root/bin/$tool"
    chmod +x "$root/bin/$tool"
done
unpacked="$root/unpacked"
dpkg-deb --raw-extract "$package" "$unpacked"
for script in postinst prerm postrm; do
    sh -n "$unpacked/DEBIAN/$script" || fail "$script is no shell script"
done
run() { dpkg --root="$root/rootfs" --admindir="$root/db" --force-depends --force-not-root --force-script-chrootless \
    --no-triggers "$@"; }

# What the maintainer scripts touch is below the root, too.
for script in postinst prerm postrm; do
    sed -i -e "s# /\(var\|etc\|usr\|run\)/# $root/rootfs/\1/#g" -e "s#=/etc#=$root/rootfs/etc#" \
        -e "s#-o tallywatch -g tallywatch##" "$unpacked/DEBIAN/$script"
done
rebuilt() { sed -i "s/^Version: .*/Version: $1/" "$unpacked/DEBIAN/control"
    dpkg-deb --root-owner-group -Zgzip -z1 --build "$unpacked" "$root/$1.deb" > /dev/null; echo "$root/$1.deb"; }
export PATH="$root/bin:$PATH"

# Each file is read by the program that it is for; what is not installed is named.
check_with() { local program=$1; shift
    command -v "$program" > /dev/null || { echo "test_deb: $program is not installed, nothing was checked with it"; return 0; }
    local said; said=$("$program" "$@" 2>&1 > /dev/null) && [ -z "$said" ] || fail "$program $*: $said"
}
check_files() {
    local files="$root/rootfs/usr/share"
    check_with bash -n "$files/bash-completion/completions/tallywatch"
    check_with zsh -n "$files/zsh/vendor-completions/_tallywatch"
    check_with fish --no-execute "$files/fish/vendor_completions.d/tallywatch.fish"
    for page in man1/tallywatch.1.gz man5/tallywatch.yaml.5.gz; do
        check_with man --warnings -E UTF-8 -l -Tutf8 -Z "$files/man/$page"
    done
    sed "s# /var/log# $root/rootfs/var/log#; s#^/var/log#$root/rootfs/var/log#; /su tallywatch/d; s/tallywatch tallywatch/root root/" \
        "$root/rootfs/etc/logrotate.d/tallywatch" > "$root/logrotate"
    chmod 0644 "$root/logrotate"
    mkdir -p "$root/rootfs/var/log/tallywatch"
    echo line > "$root/rootfs/var/log/tallywatch/alerts.jsonl"
    check_with logrotate --force --state "$root/logrotate.state" "$root/logrotate"
    command -v logrotate > /dev/null && [ ! -s "$root/rootfs/var/log/tallywatch/alerts.jsonl.1" ] && fail "logrotate did not rotate"
    return 0
}
config="$root/rootfs/etc/tallywatch/tallywatch.yaml"

run --install "$(rebuilt 1.0.0)" > /dev/null 2>"$root/errors" || { cat "$root/errors"; fail "install"; }
for file in usr/bin/tallywatch lib/systemd/system/tallywatch.service etc/tallywatch/tallywatch.yaml \
    usr/share/man/man1/tallywatch.1.gz usr/share/man/man5/tallywatch.yaml.5.gz \
    usr/share/bash-completion/completions/tallywatch usr/share/zsh/vendor-completions/_tallywatch \
    usr/share/fish/vendor_completions.d/tallywatch.fish etc/logrotate.d/tallywatch; do
    [ -s "$root/rootfs/$file" ] || fail "$file is missing"
done
grep -q '^systemd-sysusers tallywatch.conf' "$root/calls" || fail "no user was made"
[ -d "$root/rootfs/var/lib/tallywatch" ] || fail "no state directory"
"$root/rootfs/usr/bin/tallywatch" check --config "$config" || fail "the default configuration has mistakes"
check_files

echo '# an operator was here' >> "$config"
echo data > "$root/rootfs/var/lib/tallywatch/tallywatch.db"
run --force-confdef --install "$(rebuilt 1.0.1)" > /dev/null 2>&1 || fail "upgrade"
grep -q 'an operator was here' "$config" || fail "the upgrade lost the operator's configuration"

run --remove tallywatch > /dev/null 2>&1 || fail "remove"
[ ! -e "$root/rootfs/usr/bin/tallywatch" ] || fail "remove left the program"
[ -s "$config" ] || fail "remove took the configuration"
[ -s "$root/rootfs/var/lib/tallywatch/tallywatch.db" ] || fail "remove took the store"
run --purge tallywatch > /dev/null 2>&1 || fail "purge"
[ ! -e "$config" ] && [ ! -e "$root/rootfs/var/lib/tallywatch" ] || fail "purge left something"
echo "test_deb: installed, upgraded, removed and purged"
