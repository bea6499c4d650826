#!/usr/bin/env bash
# Plays a tour in a real window on a virtual X server: in_a_window.sh PROGRAM SCRIPT. Exit 77: a tool is missing.
set -u
program=$1 script=$2
command -v Xvfb >/dev/null || { echo "skipped: Xvfb is missing"; exit 77; }

folder=$(mktemp -d)
mkdir "$folder/work" "$folder/home"
server=''
end_all() {
  [ -n "$server" ] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null
  rm -rf "$folder"
}
trap end_all EXIT

unset WAYLAND_DISPLAY
Xvfb -displayfd 3 -screen 0 1600x1000x24 -dpi 96 -nolisten tcp 3>"$folder/display" 2>"$folder/server" &
server=$!
for _ in $(seq 200); do
  grep -q '[0-9]' "$folder/display" && break
  sleep 0.05
done
grep -q '[0-9]' "$folder/display" || { echo "FAILED: no X server"; cat "$folder/server"; exit 1; }
export DISPLAY=:$(<"$folder/display")
export HOME=$folder/home XDG_CONFIG_HOME=$folder/home XDG_STATE_HOME=$folder/home XDG_CACHE_HOME=$folder/home
export MESA_SHADER_CACHE_DISABLE=true
cd "$folder/work" || exit 1
timeout 240 "$program" tour "$script"
code=$?
[ -z "$(ls -A "$folder/work")" ] || { echo "FAILED: it left a file: $(ls -A "$folder/work")"; exit 1; }
exit $code
