#!/bin/sh
# Before the files are replaced or removed. A program that runs reads its libraries from them as it needs them, so it
# would go on with those of another version, or with none.
set -e
for program in /proc/[0-9]*/exe; do
    case $(readlink "$program" 2>/dev/null) in
        /opt/signoff/signoff | /opt/signoff/signoff-gui)
            echo "Signoff is open. Close its window, wait until it has ended, and try again. Nothing was changed." >&2
            exit 1
            ;;
    esac
done
