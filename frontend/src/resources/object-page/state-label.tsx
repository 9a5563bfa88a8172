import type { PageState } from "#api/object-page.ts";
import type { Health } from "#ui/status-label.tsx";
import { StatusLabel } from "#ui/status-label.tsx";
import { visibleText } from "#ui/visible-text.ts";

const healths: Record<PageState["health"], Health> = {
  OK: "ok",
  PROGRESS: "progress",
  WARNING: "warning",
  ERROR: "error",
  NONE: "none",
};

/** How an object does, in one word; the sentence is in its title. */
export function StateLabel({ state }: { state: PageState | null | undefined }) {
  if (!state) return null;
  const { word, health, sentence } = state;
  return (
    <span title={sentence ?? undefined}>
      <StatusLabel health={healths[health]}>{visibleText(word)}</StatusLabel>
    </span>
  );
}
