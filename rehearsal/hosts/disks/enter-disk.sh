#!/bin/sh
# Makes a directory the root of a machine: a view of this system whose changes stay in that directory. Runs as the first
# process of new mount and process namespaces (and a user namespace, when not root), says its process id, and ends,
# with everything on the machine, when its input does.
#
#   enter-disk.sh ROOT WORK OPTIONS NEEDED...
#     ROOT      becomes the root; holds the upper layers, so each file stands where it stands on the machine
#     WORK      an empty directory of the same file system, outside ROOT; WORK.needed is kept for the next time
#     OPTIONS   further mount options of overlayfs, comma included, or nothing
#     NEEDED    directories of this system that must be there, wherever they lie
#
# One overlay for each directory of /, not one for all: without root, the kernel refuses a layer with mounts below it,
# and / always has some. What cannot be layered is not there at all: nothing is ever shared for writing.
set -eu
PATH=/usr/sbin:/usr/bin:/sbin:/bin
umask 022
root=$1 work=$2 options=$3
shift 3
# Of this shell, as the processes outside know it: /proc is still theirs.
read -r pid _ </proc/self/stat

layer() {
  mkdir -p "$root$1" "$work$1"
  mount -t overlay overlay -o "${options}lowerdir=$1,upperdir=$root$1,workdir=$work$1" "$root$1"
}
own() {
  mkdir -p "$work/bare/$1" "$root/$1"
  mount --bind "$work/bare/$1" "$root/$1"
}

cd "$root"
# The directory as it is below the layers.
mkdir "$work/bare"
mount --bind "$root" "$work/bare"

for path in /*; do
  name=${path#/}
  if [ -L "$path" ]; then
    ln -sfn "$(readlink "$path")" "$name"
  elif [ -d "$path" ]; then
    case $name in
    dev | home | proc | root | run | sys | tmp) mkdir -p "$name" ;;
    etc | opt | srv | usr | var | bin | lib* | sbin) layer "$path" ;;
    *) layer "$path" 2>/dev/null || true ;;
    esac
  fi
done
# Of the machine alone: it starts without units and logs, and the rehearsal writes here from outside.
for path in etc/systemd/system var/lib/cloud var/log; do own "$path"; done
chmod 1777 tmp
# Names are resolved as they are here; where a service does that, its file lies in /run.
resolver=$(readlink -f /etc/resolv.conf || true)
case $resolver in
/run/*)
  mkdir -p ".${resolver%/*}"
  cp "$resolver" ".$resolver" || true
  ;;
esac

mount -t proc proc proc
mount -t tmpfs -o mode=755 tmpfs dev
mkdir dev/shm dev/pts
for device in null zero full random urandom tty; do
  : >dev/$device
  mount --bind /dev/$device dev/$device
done
ln -s /proc/self/fd dev/fd
ln -s fd/0 dev/stdin
ln -s fd/1 dev/stdout
ln -s fd/2 dev/stderr
chmod 1777 dev/shm
for path in "$@"; do
  # Of a machine that boots again they are there, as places without what was laid over them.
  if [ ! -e "$root$path" ] || grep -qsxF -e "$path" "$work.needed"; then
    layer "$path"
    echo "$path" >>"$work.needed"
  fi
done
if [ -z "$options" ]; then
  # Root could change the settings of the kernel, which is everybody's.
  mount --bind proc/sys proc/sys
  mount -o remount,bind,ro proc/sys
  mount -t sysfs -o ro sysfs sys
else
  mount --rbind /sys sys
fi

# Only a mount can become the root; the layers had to be made before, while ROOT and WORK were in one mount.
mount --rbind "$root" "$root"
cd "$root"
pivot_root . .
cd /
umount -l .
echo "$pid"
# In the foreground, not by exec: the shell takes leave of every orphan of the machine meanwhile.
cat >/dev/null
exit 0
