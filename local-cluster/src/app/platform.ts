/** What this was built and tested for. */
const supported = ["linux x64", "linux arm64"];

/** Throws a sentence when this system is another: addresses, locks and process control are those of Linux. */
export function checkPlatform(platform: string, processor: string): void {
  if (supported.includes(`${platform} ${processor}`)) return;
  throw new Error(`Kyma runs on Linux (x64 or arm64) only so far, and this is ${platform} ${processor}.`);
}
