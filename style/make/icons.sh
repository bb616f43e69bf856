#!/bin/sh
# Draws the application's icons into public/icons: the mark of the header, white on the accent colour.
# The maskable ones fill their square and keep the mark inside the safe circle; the one for Apple has no
# transparent corner. Needs rsvg-convert (librsvg2-bin).
set -eu
out=$(cd "$(dirname "$0")/../.." && pwd)/public/icons
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
accent='#14566e'

draw() { # corner radius of the ground, size of the mark's unit, both on a square of 512
  printf '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">\n'
  printf '  <rect width="512" height="512" rx="%s" fill="%s"/>\n' "$1" "$accent"
  printf '  <g transform="translate(256 256) scale(%s) translate(-8 -8)" fill="none" stroke="#fff" stroke-width="2"' "$2"
  printf ' stroke-linecap="round" stroke-linejoin="round">\n'
  printf '    <path d="M6.5 2.75H3.25v10.5H6.5M9.5 2.75h3.25v10.5H9.5"/>\n'
  printf '    <circle cx="8" cy="8" r="2.5" fill="#fff" stroke="none"/>\n'
  printf '  </g>\n</svg>\n'
}

draw 112 23 >"$out/icon.svg"
draw 96 27 >"$out/favicon.svg"
draw 0 19 >"$tmp/maskable.svg"
draw 0 22 >"$tmp/apple.svg"

png() { rsvg-convert --width "$3" --height "$3" "$1" --output "$out/$2.png"; }
png "$out/icon.svg" icon-192 192
png "$out/icon.svg" icon-512 512
png "$tmp/maskable.svg" maskable-192 192
png "$tmp/maskable.svg" maskable-512 512
png "$tmp/apple.svg" apple-touch-icon 180
