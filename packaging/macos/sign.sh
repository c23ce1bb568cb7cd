#!/bin/sh
# Signs a bundle from the inside out with a Developer ID, has Apple notarise it, and staples the ticket to it.
set -eu

bundle=$1
entitlements=$(dirname "$0")/entitlements.plist
keychain=$RUNNER_TEMP/signing.keychain-db
certificate=$RUNNER_TEMP/signing.p12
key=$RUNNER_TEMP/notary.p8
trap 'rm -f "$certificate" "$key"; security delete-keychain "$keychain" 2>/dev/null || true' EXIT
umask 077

printf %s "$CERTIFICATE" | base64 --decode >"$certificate"
printf %s "$NOTARY_KEY" | base64 --decode >"$key"
password=$(openssl rand -hex 16)
security create-keychain -p "$password" "$keychain"
security unlock-keychain -p "$password" "$keychain"
security import "$certificate" -k "$keychain" -P "$CERTIFICATE_PASSWORD" -T /usr/bin/codesign
security set-key-partition-list -S apple-tool:,apple: -s -k "$password" "$keychain" >/dev/null
security list-keychains -d user -s "$keychain" login.keychain-db

sign() {
    codesign --force --timestamp --options runtime --entitlements "$entitlements" --sign "$IDENTITY" \
        --keychain "$keychain" "$1"
}
find "$bundle/Contents" -type f \( -name '*.so' -o -name '*.dylib' \) | while read -r library; do sign "$library"; done
sign "$bundle/Contents/MacOS/signoff"
sign "$bundle"
codesign --verify --deep --strict "$bundle"

ditto -c -k --keepParent "$bundle" "$RUNNER_TEMP/bundle.zip"
xcrun notarytool submit "$RUNNER_TEMP/bundle.zip" --key "$key" --key-id "$NOTARY_KEY_ID" --issuer "$NOTARY_ISSUER" --wait
xcrun stapler staple "$bundle"
