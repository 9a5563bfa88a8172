import { Button } from "@patternfly/react-core";
import { TimesIcon } from "@patternfly/react-icons";
import { lazy, Suspense, useState } from "react";
import { GuardedButton } from "../guarded-button.tsx";
import type { BulkActionAbout } from "./bulk-actions.ts";
import { bulkActions, bulkNeeds } from "./bulk-actions.ts";
import type { Selection } from "./selection.ts";
import type { List } from "./use-list.ts";

const BulkDialog = lazy(async () => ({ default: (await import("./bulk-dialog.tsx")).BulkDialog }));

interface BulkBarProps {
  list: List;
  label: string;
  selection: Selection;
  total: number;
  /** Set while the keys of all matching rows are read. */
  reading: number | undefined;
  onSelectAll: () => void;
  onClear: () => void;
}

/** What can be done to the rows that are chosen. */
export function BulkBar(props: BulkBarProps) {
  const { list, selection, total, reading } = props;
  const [asking, setAsking] = useState<BulkActionAbout>();
  const targets = [...selection.chosen.values()];
  if (targets.length === 0 && asking === undefined) return null;
  return (
    <div className="kyma-bulk-bar" role="region" aria-label="Chosen rows">
      <strong aria-live="polite">{targets.length.toLocaleString("en")} selected</strong>
      {reading !== undefined ? (
        <span aria-live="polite">Reading… {reading.toLocaleString("en")}</span>
      ) : targets.length < total ? (
        <Button variant="link" isInline onClick={props.onSelectAll}>
          Select all {total.toLocaleString("en")} that match
        </Button>
      ) : null}
      <span className="kyma-bulk-actions">
        {bulkActions(list.type, list.kind).map((about) => (
          <GuardedButton
            key={about.action}
            size="sm"
            variant={about.isDanger ? "danger" : "secondary"}
            needs={bulkNeeds(list.type, about, targets)}
            onClick={() => setAsking(about)}
          >
            {about.label}
          </GuardedButton>
        ))}
      </span>
      <Button
        variant="plain"
        size="sm"
        icon={<TimesIcon />}
        aria-label="Clear the selection"
        onClick={props.onClear}
      />
      {asking ? (
        <Suspense>
          <BulkDialog
            about={asking}
            type={list.type}
            label={props.label}
            targets={targets}
            onClose={(isFinished) => {
              setAsking(undefined);
              if (isFinished) props.onClear();
            }}
          />
        </Suspense>
      ) : null}
    </div>
  );
}
