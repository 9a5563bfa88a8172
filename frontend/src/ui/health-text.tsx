import {
  CheckCircleIcon,
  ExclamationCircleIcon,
  ExclamationTriangleIcon,
  InProgressIcon,
} from "@patternfly/react-icons";
import type { ReactNode } from "react";
import type { Health } from "./status-label.tsx";

const icons: Record<Health, ReactNode> = {
  ok: <CheckCircleIcon />,
  progress: <InProgressIcon />,
  warning: <ExclamationTriangleIcon />,
  error: <ExclamationCircleIcon />,
  none: null,
};

/** A state in words with an icon, light enough for every row of a long list. */
export function HealthText({ health, children }: { health: Health; children: ReactNode }) {
  return (
    <span className={`kyma-word kyma-word-${health}`}>
      {icons[health]}
      <span>{children}</span>
    </span>
  );
}
