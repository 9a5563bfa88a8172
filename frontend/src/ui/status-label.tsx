import { Label } from "@patternfly/react-core";
import {
  CheckCircleIcon,
  ExclamationCircleIcon,
  ExclamationTriangleIcon,
  InProgressIcon,
  OutlinedCircleIcon,
} from "@patternfly/react-icons";
import type { ReactNode } from "react";

/** How a thing does: fine, being worked on, doubtful, broken, or unknown. */
export type Health = "ok" | "progress" | "warning" | "error" | "none";

const looks: Record<Health, { status?: "success" | "info" | "warning" | "danger"; icon: ReactNode }> = {
  ok: { status: "success", icon: <CheckCircleIcon /> },
  progress: { status: "info", icon: <InProgressIcon /> },
  warning: { status: "warning", icon: <ExclamationTriangleIcon /> },
  error: { status: "danger", icon: <ExclamationCircleIcon /> },
  none: { icon: <OutlinedCircleIcon /> },
};

/** A short state in words, with colour and icon that fit it. */
export function StatusLabel({ health, children }: { health: Health; children: ReactNode }) {
  const { status, icon } = looks[health];
  return (
    <span className="kyma-status">
      <Label isCompact variant="outline" icon={icon} {...(status ? { status } : {})}>
        {children}
      </Label>
    </span>
  );
}
