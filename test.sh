#!/usr/bin/env bash
# Builds the solution, publishes the service, which the tests start, and runs all tests. Requires the .NET SDK and Node.js; the build restores everything else, including MNIST. The
# browser tests require Chromium, and the cluster tests require PostgreSQL, libfaketime and docker-compose: they are installed if
# possible (as root, with apt-get); otherwise these tests are skipped.
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

has_postgres() {
  [ -n "$(PATH="${POSTGRES_BIN:-/usr/bin}:$PATH" command -v initdb)" ] || compgen -G "/usr/lib/postgresql/*/bin/initdb" > /dev/null || compgen -G "/opt/homebrew/opt/postgresql*/bin/initdb" > /dev/null
}

has_faketime() {
  compgen -G "/usr/lib*/faketime/libfaketimeMT.so.1" > /dev/null || compgen -G "/usr/lib*/*/faketime/libfaketimeMT.so.1" > /dev/null
}

install_package() {
  [ "$(id -u)" -eq 0 ] && command -v apt-get > /dev/null || return 1
  echo "test.sh: installing $1"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" > /dev/null
}

if ! has_chromium && ! install_package chromium; then
  echo "test.sh: SKIPPING THE BROWSER TESTS: Chromium was not found and cannot be installed automatically. Install it, or set CHROMIUM to its path." >&2
fi
if ! has_postgres && ! install_package postgresql; then
  echo "test.sh: SKIPPING THE CLUSTER TESTS: PostgreSQL was not found and cannot be installed automatically. Install it, or set POSTGRES_BIN to the folder of its programs." >&2
fi
if ! has_faketime && ! install_package libfaketime; then
  echo "test.sh: SKIPPING THE TESTS OF WRONG CLOCKS: libfaketime was not found and cannot be installed automatically." >&2
fi
if ! command -v docker-compose > /dev/null && ! install_package docker-compose; then
  echo "test.sh: SKIPPING THE TESTS OF THE COMPOSE FILES: docker-compose was not found and cannot be installed automatically." >&2
fi

dotnet build RnnService.sln -c Release

# Tests start the service as it is deployed. The build above has already analyzed the code.
runtime=$(dotnet msbuild src/Api -getProperty:NETCoreSdkPortableRuntimeIdentifier)
dotnet publish src/Api -c Release -r "$runtime" --self-contained false -o artifacts/service -p:RunAnalyzers=false
export RNN_SERVICE=$PWD/artifacts/service

# One project after another: trainings only get the processor when nothing else wants it, so projects that run at the same time take longer in total.
dotnet test --solution RnnService.sln -c Release --no-build --max-parallel-test-modules 1 --timeout 45m "$@"
