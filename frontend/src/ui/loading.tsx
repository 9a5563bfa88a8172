import { Bullseye, Spinner } from "@patternfly/react-core";
import { useEffect, useState } from "react";

/** Stands in for what is being fetched. Shows nothing for a moment, so that quick answers do not flicker. */
export function Loading({ what, afterMs = 250 }: { what: string; afterMs?: number }) {
  const [visible, setVisible] = useState(afterMs === 0);
  useEffect(() => {
    const timer = setTimeout(() => setVisible(true), afterMs);
    return () => clearTimeout(timer);
  }, [afterMs]);
  return (
    <Bullseye className="kyma-loading">
      {visible ? <Spinner size="lg" aria-label={`Loading ${what}`} /> : null}
    </Bullseye>
  );
}
