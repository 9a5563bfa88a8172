# Stays beside one container process and writes its exit code into <run>/exit, so that the code outlives the agent.
# Only builtins after the container has ended: in a PID namespace nothing can be forked once its first process is gone.
# Usage: shim.sh <run directory> <command...>     Descriptor 8 is the container's environment, see environment-file.ts.
run=$1
shift
read -r stat < /proc/self/stat
echo "$stat" > "$run/shim.stat"
if [ -p "$run/stdin" ]; then
  # Held open here, so that input is at its end only where one client was to be its end (stdinOnce): then the agent alone holds it.
  [ -e "$run/stdin-once" ] || exec 7<> "$run/stdin"
  exec < "$run/stdin"
fi
exec 9> "$run/exit" 3>&2 2> /dev/null
(
  exec 2>&3 3>&- 7>&- 9>&- 8< "$run/env"
  read -r stat < /proc/self/stat
  echo "$stat" > "$run/main.stat"
  exec "$@"
)
echo $? >&9
