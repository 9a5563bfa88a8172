# Builds the container's file system in a mount namespace of its own, enters it and becomes the container's process.
# Usage: enter.sh <fstab> <root> <working directory> <command...>
set -e
fstab=$1
root=$2
directory=$3
shift 3
mount -a --fstab "$fstab"
cd "$root"
pivot_root . .host
umount -l /.host
cd "$directory"
exec "$@"
