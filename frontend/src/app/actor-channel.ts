// The tabs of one browser share a session: what one of them changes, the others show at once.
const channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("kyma-actor");

/** Tells the other tabs as whom this browser acts now; undefined: nobody is signed in any more. */
export function announceActor(actor: string | undefined): void {
  channel?.postMessage(actor ?? "");
}

/** Calls `listener` when another tab has found out that somebody else acts. */
export function onForeignActor(listener: (actor: string) => void): void {
  channel?.addEventListener("message", ({ data }) => listener(String(data)));
}
