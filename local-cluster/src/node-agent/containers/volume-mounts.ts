import { existsSync, mkdirSync, realpathSync, statSync } from "node:fs";
import { join, posix, sep } from "node:path";
import { ContainerConfigError } from "../environment/environment.ts";
import { expand } from "../environment/expand.ts";
import type { Mount } from "../isolation/root-plan.ts";
import type { Container, Volume, VolumeMount } from "../pods/pod.ts";
import { isProjected } from "../volumes/projection.ts";

/** What the container's volumeMounts mean on this machine. */
export function volumeMounts(
  container: Container,
  volumes: Volume[],
  pathOf: (volume: string) => string,
  env: Record<string, string>,
): Mount[] {
  return (container.volumeMounts ?? []).map((mount) => {
    const volume = volumes.find(({ name }) => name === mount.name);
    if (!volume)
      throw new ContainerConfigError(
        `container "${container.name}" mounts "${mount.name}", which is no volume of the pod`,
      );
    const source = sourceOf(mount, pathOf(volume.name), env);
    return {
      source,
      path: posix.resolve("/", mount.mountPath),
      kind: statSync(source).isDirectory() ? "directory" : "file",
      origin: "volume",
      readOnly: Boolean(mount.readOnly) || isProjected(volume),
    };
  });
}

/** The volume, or the part of it that subPath names. Links inside the volume may not lead out of it. */
function sourceOf(mount: VolumeMount, root: string, env: Record<string, string>): string {
  const subPath = mount.subPath || expand(mount.subPathExpr ?? "", (name) => env[name]);
  if (!subPath) return root;
  const source = join(root, subPath);
  if (!source.startsWith(root + sep))
    throw new ContainerConfigError(`subPath "${subPath}" of volume "${mount.name}" leads out of it`);
  if (!existsSync(source)) mkdirSync(source, { recursive: true, mode: 0o777 });
  const real = realpathSync(source);
  if (!real.startsWith(realpathSync(root) + sep))
    throw new ContainerConfigError(`subPath "${subPath}" of volume "${mount.name}" leads out of it`);
  return real;
}
