#!/bin/sh
# Double-click this file: content-port opens in your browser. Your posts are put into the folder "content-port" in your
# home folder. To end it, close its page in the browser, or this window.
self=$0
case $self in */*) ;; *) self=./$self ;; esac
here=$(CDPATH='' cd -- "${self%/*}/" && pwd -P) || exit 2

# Some file managers start a script without a window. One is opened, so that a person can read what is wrong.
if [ ! -t 1 ] && [ -z "$CONTENT_PORT_WINDOW" ]; then
  export CONTENT_PORT_WINDOW=1
  file=$here/${self##*/}
  command -v xdg-terminal-exec >/dev/null && exec xdg-terminal-exec sh "$file"
  command -v gnome-terminal >/dev/null && exec gnome-terminal -- sh "$file"
  command -v konsole >/dev/null && exec konsole -e sh "$file"
  command -v xfce4-terminal >/dev/null && exec xfce4-terminal -x sh "$file"
  command -v x-terminal-emulator >/dev/null && exec x-terminal-emulator -e sh "$file"
  command -v xterm >/dev/null && exec xterm -e sh "$file"
fi

echo 'content-port opens in your browser. Keep this window open while you work.'
echo 'To end it, close its page in the browser, or this window.'
echo
cd -- "${HOME:-$here}" || exit 2
# Ctrl-C is for the program, which ends in its own time.
trap : INT
sh "$here/port" studio --out "$PWD/content-port" "$@"
code=$?
if [ "$code" -ne 0 ]; then
  echo
  printf 'content-port has ended with an error: see above. Press Enter to close this window. '
  read -r _
fi
exit "$code"
