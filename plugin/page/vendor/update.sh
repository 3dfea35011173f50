#!/bin/sh
# update.sh VERSION: puts another version of fhirclient here, from npm. Then run tests/peers/smart.py, and write the version
# into docs/dependencies.md.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent "fhirclient@$1" > /dev/null
tar -xzf "fhirclient-$1.tgz"
cp package/build/fhir-client.pure.min.js package/build/fhir-client.pure.min.js.LICENSE.txt "$here/"
cp package/LICENSE "$here/fhir-client.LICENSE"
echo "fhirclient $1"
sha256sum "$here/fhir-client.pure.min.js"
