#!/bin/bash
# Builds the Debian package out of a binary that holds the Swift runtime: make_deb.sh BINARY OUTPUT-DIRECTORY
set -euo pipefail
binary=$1 output=$2
here=$(cd "$(dirname "$0")/.." && pwd)
version=$("$binary" --version)
# The package of this version: its first.
revision=$version-1
architecture=$(dpkg --print-architecture)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
chmod 0755 "$root"

put() { install -D -m "$1" "$2" "$root/$3"; }
put 0755 "$binary" usr/bin/tallywatch
strip --strip-unneeded "$root/usr/bin/tallywatch"
put 0644 "$here/systemd/tallywatch.service" lib/systemd/system/tallywatch.service
put 0644 "$here/systemd/tallywatch.sysusers" usr/lib/sysusers.d/tallywatch.conf
put 0644 "$here/systemd/tallywatch.logrotate" etc/logrotate.d/tallywatch
put 0644 "$here/systemd/notify-reload.conf" usr/share/tallywatch/notify-reload.conf
put 0640 "$here/Config/tallywatch.yaml" etc/tallywatch/tallywatch.yaml
put 0644 "$here/README.md" usr/share/doc/tallywatch/README.md
put 0644 "$here/Scripts/debian/lintian-overrides" usr/share/lintian/overrides/tallywatch

manual="$root/usr/share/man"
mkdir -p "$manual/man1" "$manual/man5" "$root/usr/share/doc/tallywatch"
python3 "$here/Scripts/make_manual.py" "$binary" "$version" | gzip -9n > "$manual/man1/tallywatch.1.gz"
gzip -9nc "$here/Scripts/debian/tallywatch.yaml.5" > "$manual/man5/tallywatch.yaml.5.gz"
gzip -9nc "$here/CHANGELOG.md" > "$root/usr/share/doc/tallywatch/changelog.gz"
maintainer=$(sed -n 's/^Maintainer: //p' "$here/Scripts/debian/control.in")
printf 'tallywatch (%s) stable; urgency=medium\n\n  * Release %s: see changelog.gz.\n\n -- %s  %s\n' \
    "$revision" "$version" "$maintainer" "$(date -R -u -r "$here/CHANGELOG.md")" \
    | gzip -9n > "$root/usr/share/doc/tallywatch/changelog.Debian.gz"
{
    cat "$here/LICENSE"
    for licence in "$here"/Sources/*/*.LICENSE; do
        printf '\n\n--- %s ---\n\n' "$(basename "$licence" .LICENSE)"
        cat "$licence"
    done
} > "$root/usr/share/doc/tallywatch/copyright"

completion() { mkdir -p "$root/$(dirname "$2")" && "$binary" --generate-completion-script "$1" > "$root/$2"; }
completion bash usr/share/bash-completion/completions/tallywatch
completion zsh usr/share/zsh/vendor-completions/_tallywatch
completion fish usr/share/fish/vendor_completions.d/tallywatch.fish
# It is read by a shell, not run.
sed -i "1{/^#!/d}" "$root/usr/share/bash-completion/completions/tallywatch"

mkdir -p "$root/DEBIAN" "$root/debian"
install -m 0755 "$here"/Scripts/debian/{postinst,prerm,postrm} "$root/DEBIAN/"
printf '/etc/tallywatch/tallywatch.yaml\n/etc/logrotate.d/tallywatch\n' > "$root/DEBIAN/conffiles"
# dpkg-shlibdeps wants the place of a source package.
touch "$root/debian/control"
depends=$(cd "$root" && dpkg-shlibdeps -O usr/bin/tallywatch 2>/dev/null | sed 's/^shlibs:Depends=//')
rm -r "$root/debian"
sed -e "s/@VERSION@/$revision/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@DEPENDS@/$depends/" \
    "$here/Scripts/debian/control.in" > "$root/DEBIAN/control"
(cd "$root" && find . -type f -not -path './DEBIAN/*' -printf '%P\0' | sort -z | xargs -0 md5sum) > "$root/DEBIAN/md5sums"
find "$root" -type d -exec chmod 0755 {} +
chmod 0644 "$root"/usr/share/doc/tallywatch/* "$root"/usr/share/*/completions/* "$root"/usr/share/zsh/*/* \
    "$root"/usr/share/fish/*/* "$root"/DEBIAN/{conffiles,control,md5sums}
mkdir -p "$output"
rm -f "$output"/tallywatch_*.deb
dpkg-deb --root-owner-group --build "$root" "$output/tallywatch_${revision}_${architecture}.deb"
