#!/bin/sh
# Makes public/fonts/*.woff2 from the Noto Sans and Noto Sans Khmer packages of Fontsource (SIL Open Font
# License). The packaged subsets are cut to what the interface writes and lose their hinting, so that
# English, Vietnamese and Khmer in two weights together stay under 85 KB. style/fonts.css names the same ranges.
# Needs npm, and pyftsubset with brotli (pip install fonttools brotli).
set -eu
out=$(cd "$(dirname "$0")/../.." && pwd)/public/fonts
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
npm install --silent --no-save @fontsource/noto-sans@5 @fontsource/noto-sans-khmer@5
latin=node_modules/@fontsource/noto-sans
khmer=node_modules/@fontsource/noto-sans-khmer

cut() { # from, to, characters
  pyftsubset "$1" --output-file="$out/$2.woff2" --flavor=woff2 --no-hinting --layout-features='*' --unicodes="$3"
}

mkdir -p "$out"
for weight in 400 600; do
  cut "$latin/files/noto-sans-latin-$weight-normal.woff2" "noto-sans-latin-$weight" '*'
  cut "$latin/files/noto-sans-latin-ext-$weight-normal.woff2" "noto-sans-latin-ext-$weight" \
    'U+0100-0101,U+0104-010F,U+0112-0127,U+012A-0130,U+0132-0151,U+0154-0167,U+016A-017F'
  cut "$latin/files/noto-sans-vietnamese-$weight-normal.woff2" "noto-sans-vietnamese-$weight" '*'
  cut "$khmer/files/noto-sans-khmer-khmer-$weight-normal.woff2" "noto-sans-khmer-$weight" \
    'U+0020,U+1780-17FF,U+19E0-19FF,U+200B-200D,U+25CC'
done
{ head -n 1 "$latin/LICENSE"; head -n 1 "$khmer/LICENSE"; tail -n +2 "$latin/LICENSE"; } >"$out/OFL.txt"
du -bc "$out"/*.woff2
