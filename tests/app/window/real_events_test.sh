#!/usr/bin/env bash
# The built program on a real X server, worked by a real mouse and keyboard: real_events_test.sh PROGRAM. The state is
# read from the window's title, the picture from the server's own memory. Every wait is a poll, all of them together
# are bounded; only processes started here are ended, by their ids. Exit 77: a tool is missing.
set -u
program=$1
for tool in Xvfb xdotool od; do
  command -v "$tool" >/dev/null || { echo "skipped: $tool is missing"; exit 77; }
done

readonly limit=60 # seconds for all
folder=$(mktemp -d)
# The window remembers here, not in the user's home; the first minute's cards have been seen.
export XDG_CONFIG_HOME=$folder/config XDG_STATE_HOME=$folder/state
mkdir -p "$XDG_CONFIG_HOME/initlab"
echo '{"tour_seen": true}' > "$XDG_CONFIG_HOME/initlab/settings.json"
mkdir "$folder/work" "$folder/home" "$folder/screen"
server='' lab=''
end_all() {
  [ -n "$lab" ] && kill "$lab" 2>/dev/null
  [ -n "$server" ] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null
  rm -rf "$folder"
}
trap end_all EXIT
fail() {
  echo "FAILED: $1 (title: '$(title)')"
  [ -s "$folder/said" ] && cat "$folder/said"
  exit 1
}
# until_so SENTENCE COMMAND...: polls until the command succeeds.
until_so() {
  local sentence=$1
  shift
  until "$@"; do
    [ "$SECONDS" -ge "$limit" ] && fail "not within time: $sentence"
    sleep 0.05
  done
  echo "ok: $sentence"
}
ended() { ! kill -0 "$1" 2>/dev/null; }

# --- the window's state -------------------------------------------------------------------------------------------
window=''
title() { [ -n "$window" ] && xdotool getwindowname "$window" 2>/dev/null; }
step() { title | sed -n 's/.* step \([0-9,]*\) of .*/\1/p' | tr -d ,; }
paused() { [[ $(title) == *paused* ]]; }
playing_beyond() { ! paused && [ "$(step)" -gt "$1" ]; }
paused_at() { paused && [ "$(step)" = "$1" ]; }

# The screen is a file in the format of xwd: numbers of its header are big-endian and 4 bytes wide.
screen=$folder/screen/Xvfb_screen0
header() { od -An -t u4 --endian=big -j $((4 * $1)) -N 4 "$screen" | tr -d ' '; }
# Bytes of COUNT pixels from window coordinates X Y on.
pixels() {
  od -An -v -t x4 -j $((first_pixel + (top + $2) * line + (left + $1) * 4)) -N $((4 * $3)) "$screen"
}
pixel() { pixels "$1" "$2" 1 | sed 's/.*\(......\)$/\1/'; }
pixel_is() { [ "$(pixel "$1" "$2")" = "$3" ]; }
# What the first lane's decision boundary shows, in a few of its lines.
field_print() { for y in 140 180 220 260 300; do pixels 300 "$y" 250; done | cksum; }
field_is_not() { [ "$(field_print)" != "$1" ]; }

mouse() { xdotool mousemove $((left + $1)) $((top + $2)); }
click() { mouse "$1" "$2" && xdotool click 1; }
key() { xdotool key "$1"; }

# --- no display -----------------------------------------------------------------------------------------------------
cd "$folder/work" || exit 1
export HOME=$folder/home XDG_CACHE_HOME=$folder/home MESA_SHADER_CACHE_DISABLE=true
env -u DISPLAY -u WAYLAND_DISPLAY timeout 20 "$program" >"$folder/said" 2>&1
code=$?
[ $code = 3 ] || fail "without a display the exit code is 3, not $code"
[ "$(wc -l <"$folder/said")" = 1 ] && grep -q shot "$folder/said" || fail "without a display one line names shot"
echo "ok: without a display one line names shot, exit 3"

# --- the window opens -----------------------------------------------------------------------------------------------
unset WAYLAND_DISPLAY
Xvfb -displayfd 3 -screen 0 1600x1000x24 -dpi 96 -nolisten tcp -fbdir "$folder/screen" \
  3>"$folder/display" 2>"$folder/server" &
server=$!
until_so "the server is up" grep -q '[0-9]' "$folder/display"
export DISPLAY=:$(<"$folder/display")
open_lab() {
  window=''
  "$program" course-initialization >"$folder/said" 2>&1 &
  lab=$!
  until_so "the window is there" find_window
  xdotool windowfocus "$window"
  until_so "it has the keyboard" has_focus
  until_so "it is paused at step 0" paused_at 0
}
find_window() {
  ended "$lab" && fail "the program has ended"
  window=$(xdotool search --onlyvisible --pid "$lab" --name 'InitLab$' 2>/dev/null | head -n 1)
  [ -n "$window" ]
}
has_focus() { [ "$(xdotool getwindowfocus 2>/dev/null)" = "$window" ]; }
# ends_with CODE: the program ends by itself.
ends_with() {
  until_so "the program ends" ended "$lab"
  wait "$lab"
  local code=$?
  lab=''
  [ "$code" = "$1" ] || fail "the exit code is $1, not $code"
  echo "ok: with exit code $1"
}
open_lab
eval "$(xdotool getwindowgeometry --shell "$window" | grep -E '^(X|Y|WIDTH|HEIGHT)=')"
left=$X top=$Y
[ "$WIDTH" = 1440 ] && [ "$HEIGHT" = 900 ] || fail "the window is 1440 x 900, not $WIDTH x $HEIGHT"
line=$(header 12)
first_pixel=$(($(header 0) + 12 * $(header 19)))
mouse 100 880
until_so "the ground is light" pixel_is 240 300 f6f5f1

# --- play, pause, step, rewind --------------------------------------------------------------------------------------
key space
until_so "Space plays" playing_beyond 20
key space
until_so "Space pauses" paused
rested=$(step)
for _ in 1 2 3; do
  sleep 0.1
  [ "$(step)" = "$rested" ] || fail "paused, the step stands still"
done
echo "ok: paused, the step stands still"
key s
until_so "S makes one step" paused_at $((rested + 1))
key r
until_so "R rewinds" paused_at 0

# --- another scheme while it trains ---------------------------------------------------------------------------------
before=$(field_print)
key space
until_so "it plays again" playing_beyond 20
[ "$(field_print)" = "$before" ] || fail "a network of zeros shows the same boundary at every step"
click 300 81 # the first lane's heading
until_so "a click on its heading opens the list of schemes" pixel_is 556 300 ffffff
click 800 234 # the fourth row of the list, which stands beside the lane
mouse 100 880
key Escape
until_so "Escape closes the list" pixel_is 556 300 f6f5f1
until_so "another scheme shows another boundary" field_is_not "$before"
now=$(step)
until_so "the others go on meanwhile" playing_beyond "$now"
key space
until_so "Space pauses" paused

# --- text size and theme --------------------------------------------------------------------------------------------
until_so "below the bar is the ground" pixel_is 700 60 f6f5f1
key ctrl+equal
until_so "Ctrl + enlarges: the bar reaches further" pixel_is 700 60 ffffff
key ctrl+0
until_so "Ctrl 0 goes back" pixel_is 700 60 f6f5f1
key d
until_so "D is dark" pixel_is 700 60 16191d
key d
until_so "D is light again" pixel_is 700 60 f6f5f1

# --- it ends --------------------------------------------------------------------------------------------------------
key r
until_so "R rewinds" paused_at 0
key space
until_so "it plays" playing_beyond 20
key ctrl+q
ends_with 0
[ -s "$folder/said" ] && fail "it has said something"
[ -z "$(ls -A "$folder/work")" ] || fail "it left a file: $(ls -A "$folder/work")"
echo "all as it should be, in $SECONDS s"
