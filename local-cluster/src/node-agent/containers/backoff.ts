/** Delays in milliseconds as a kubelet makes them: 10 s, doubled each time, at most 5 min. */
const firstDelay = 10_000;
const longestDelay = 300_000;
/** A container that ran this long begins anew. */
export const healthyRunMs = 600_000;

/** How long to wait before the next try after `failures` in a row; the first try again is at once. */
export function restartDelay(failures: number): number {
  return failures <= 1 ? 0 : Math.min(longestDelay, firstDelay * 2 ** (failures - 2));
}

/** The same for pulling an image: already the first failure waits. */
export function pullDelay(failures: number): number {
  return restartDelay(failures + 1);
}

/** "10s", "2m40s", as kubectl prints it. */
export function delayText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  return minutes > 0 ? `${minutes}m${seconds % 60}s` : `${seconds}s`;
}
