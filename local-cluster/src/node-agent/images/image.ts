/** What an image needs to know for one start. */
export interface ImageStart {
  args: string[];
  memoryLimitBytes: number | undefined;
  /** Turns a path of the container into one that its process can open. */
  at(path: string): string;
  /** Paths of the container where volumes are mounted, and /tmp. */
  mounts: { path: string; readOnly: boolean }[];
  terminationMessagePath: string;
}

/** Something of this machine that a container of the image sees. */
export interface ImageMount {
  source: string;
  path: string;
  kind: "directory" | "file";
  readOnly: boolean;
}

/** An image that is here and can be run. */
export interface Image {
  /** Says what is in it: the same content has the same id. */
  id: string;
  workingDirectory: string;
  /** Who runs it when the pod does not say. */
  user: number;
  /** Its files. Without `entrypointArgs` (the pod brings a command of its own) nothing of it is writable. */
  mounts(entrypointArgs: string[] | undefined): ImageMount[];
  /** Its entrypoint with the arguments. */
  command(start: ImageStart): string[];
  /** Env that the entrypoint needs, below what the pod says. */
  env(start: ImageStart): Record<string, string>;
}

/** Where an image comes from. */
export interface ImageSource {
  /** The image, if it is on this machine already. */
  present(): Promise<Image | undefined>;
  /** Fetches it. Throws a sentence. */
  pull(): Promise<Image>;
}

/** Knows the images that this node can run. */
export interface ImageTable {
  /** Undefined for an image that is not one of ours. */
  find(reference: string): ImageSource | undefined;
}

/** What is said about every other image. */
export function foreignImage(reference: string): string {
  return `image "${reference}" cannot run here: the local node runs only Kyma's own images (kyma.local/…); use a real cluster for others`;
}
