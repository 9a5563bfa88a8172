import { Alert } from "@patternfly/react-core";

/** What could not be read for a part of the page, and why. */
export function MissingNotes({ missing }: { missing: readonly string[] | undefined }) {
  if (!missing || missing.length === 0) return null;
  return (
    <Alert isInline isPlain variant="warning" title="Not everything can be shown">
      {missing.map((sentence) => (
        <div key={sentence}>{sentence}</div>
      ))}
    </Alert>
  );
}
