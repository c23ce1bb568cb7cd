# Sourced by the proofs: a screen of their own. `open_screen` says its name in $screen, `close_screen` ends it.
screen=
screen_process=

can_open_screen() { command -v Xvfb >/dev/null 2>&1; }

# Xvfb takes the first number that is free, and says it once it answers.
open_screen() {
    said=$(mktemp)
    Xvfb -displayfd 3 -screen 0 1400x900x24 -nolisten tcp 3>"$said" >/dev/null 2>&1 &
    screen_process=$!
    waited=0
    until [ -s "$said" ]; do
        if ! kill -0 "$screen_process" 2>/dev/null || [ "$waited" -ge 600 ]; then
            echo "Xvfb did not open a screen within a minute" >&2
            rm -f "$said"
            return 1
        fi
        sleep 0.1
        waited=$((waited + 1))
    done
    screen=:$(tr -d '[:space:]' <"$said")
    rm -f "$said"
}

close_screen() {
    [ -n "$screen_process" ] || return 0
    kill "$screen_process" 2>/dev/null || true
    wait "$screen_process" 2>/dev/null || true
    screen_process=
}
