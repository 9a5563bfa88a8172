/**
 * The container's environment travels as a shell script on descriptor 8 and is taken up by the last step, after every right is given up:
 * as the environment of the steps before, a pod's LD_PRELOAD would run as root, and as arguments its secrets would stand in `ps`.
 */
export const takeUpEnvironment = ["/bin/sh", "-c", '. /proc/self/fd/8; exec 8<&-; exec "$@"', "sh"];

/** The script. Names that a shell cannot export ("a.b") are handed to `env` in front of the command. */
export function environmentScript(env: Record<string, string>): string {
  const lines: string[] = [];
  const others: string[] = [];
  for (const [name, value] of Object.entries(env)) {
    if (/^[A-Za-z_]\w*$/.test(name)) lines.push(`export ${name}=${quote(value)}`);
    else others.push(quote(`${name}=${value}`));
  }
  if (others.length > 0) lines.push(`set -- /usr/bin/env ${others.join(" ")} "$@"`);
  return `${lines.join("\n")}\n`;
}

function quote(value: string): string {
  return `'${value.replaceAll("'", String.raw`'\''`)}'`;
}
