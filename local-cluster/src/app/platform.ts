/** What the local cluster was built and tested for. */
const supported = ["linux x64", "linux arm64"];

/** Throws a sentence when this system cannot run a local cluster: its addresses and process control are those of Linux. */
export function checkPlatform(platform: string, processor: string): void {
  if (supported.includes(`${platform} ${processor}`)) return;
  throw new Error(
    `The local cluster runs on Linux (x64 or arm64) only, and this is ${platform} ${processor}. Use --kubeconfig FILE for a cluster elsewhere.`,
  );
}
