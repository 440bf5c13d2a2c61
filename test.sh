#!/usr/bin/env bash
# Builds everything and runs all tests. Needs the .NET SDK and Node.js; the build restores all else, MNIST included. The page's tests
# need Chromium: it is installed where that can be done (as root, with apt-get), and without it they are skipped.
# Usage: ./test.sh [options of `dotnet test`]
set -euo pipefail
cd "$(dirname "$0")"

for tool in dotnet npm; do
  if ! command -v "$tool" > /dev/null; then
    echo "test.sh: $tool was not found. Install the .NET SDK 10 and Node.js 20 or newer, and run this again." >&2
    exit 1
  fi
done

has_chromium() {
  [ -e "${CHROMIUM:-}" ] || command -v chromium chromium-browser google-chrome > /dev/null
}

install_chromium() {
  [ "$(id -u)" -eq 0 ] && command -v apt-get > /dev/null || return 1
  echo "test.sh: installing Chromium, which the page's tests need"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium > /dev/null
}

if ! has_chromium && ! install_chromium; then
  echo "test.sh: THE PAGE'S TESTS ARE SKIPPED: there is no Chromium, and it cannot be installed from here. Install it, or name one in CHROMIUM." >&2
fi

dotnet build RnnService.sln -c Release
dotnet test --solution RnnService.sln -c Release --no-build --timeout 20m "$@"
