#!/usr/bin/env bash
# Brings what the tests in a browser need and what is not Python: Chromium, a font with Chinese, axe-core.
# What cannot be brought is told, and is no failure here: the tests that need it say so too, and fail in CI.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

missing=()
command -v chromium >/dev/null || missing+=(chromium)
# Without fontconfig nobody can tell which fonts are there; it comes with Chromium.
[ -n "$(fc-list :lang=zh family 2>/dev/null)" ] || missing+=(fonts-noto-cjk)

if [ "${#missing[@]}" -gt 0 ]; then
  as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
  if command -v apt-get >/dev/null && "${as_root[@]}" true 2>/dev/null; then
    echo "Installing ${missing[*]} ..."
    "${as_root[@]}" apt-get update -qq \
      && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -qq --yes --no-install-recommends "${missing[@]}" >/dev/null \
      || echo "They could not be installed; the tests in a browser will not run." >&2
  else
    echo "The tests in a browser need ${missing[*]}: install them with the system's package manager." >&2
  fi
fi

if ! cmp -s package-lock.json node_modules/.installed; then
  if command -v npm >/dev/null; then
    echo "Installing axe-core ..."
    npm ci --no-audit --no-fund --loglevel=error >/dev/null && cp package-lock.json node_modules/.installed \
      || echo "axe-core could not be installed; the tests of accessibility will not run." >&2
  else
    echo "The tests of accessibility need npm: install Node.js, then run this again." >&2
  fi
fi
