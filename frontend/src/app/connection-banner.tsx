import { Banner } from "@patternfly/react-core";
import { useConnection } from "#api/connection.ts";
import { exactTime } from "#ui/age-text.ts";

/** Across every page while the server cannot be reached: what is shown may be old, and writes would fail. */
export function ConnectionBanner() {
  const { state, since } = useConnection();
  if (state !== "reconnecting") return null;
  return (
    <Banner status="warning" aria-live="polite" screenReaderText="Warning">
      The connection to the server is lost. What you see is from {exactTime(new Date(since).toISOString())};
      it is brought up to date as soon as the server answers again.
    </Banner>
  );
}
