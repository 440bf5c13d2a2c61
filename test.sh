#!/usr/bin/env bash
# Builds the solution and runs all tests. Requires the .NET SDK and Node.js; the build restores everything else, including MNIST. The
# browser tests require Chromium: it is installed if possible (as root, with apt-get); otherwise these tests are skipped.
# Usage: ./test.sh [options of `dotnet test`]
set -euo pipefail
cd "$(dirname "$0")"

for tool in dotnet npm; do
  if ! command -v "$tool" > /dev/null; then
    echo "test.sh: $tool was not found. Install the .NET SDK 10 and Node.js 20 or newer, and try again." >&2
    exit 1
  fi
done

has_chromium() {
  [ -e "${CHROMIUM:-}" ] || command -v chromium chromium-browser google-chrome > /dev/null
}

install_chromium() {
  [ "$(id -u)" -eq 0 ] && command -v apt-get > /dev/null || return 1
  echo "test.sh: installing Chromium for the browser tests"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium > /dev/null
}

if ! has_chromium && ! install_chromium; then
  echo "test.sh: SKIPPING THE BROWSER TESTS: Chromium was not found and cannot be installed automatically. Install it, or set CHROMIUM to its path." >&2
fi

dotnet build RnnService.sln -c Release
dotnet test --solution RnnService.sln -c Release --no-build --timeout 20m "$@"
