import {
  Button,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
} from "@patternfly/react-core";
import { CopyIcon, LinkIcon, TimesIcon } from "@patternfly/react-icons";
import type { LogStreamInfo } from "#api/logs.ts";
import { toast } from "#ui/toasts.tsx";
import { parseAnsi, plainText } from "./ansi.ts";
import { parseJson } from "./json-line.ts";
import { Marked } from "./log-line.tsx";
import type { LogEntry } from "./log-store.ts";

async function copy(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast("success", `${what} copied`);
  } catch {
    toast("danger", `${what} could not be copied`, "The browser did not allow it.");
  }
}

/** The address of this page with this line marked; it works as long as the cluster keeps the log. */
function linkTo(entry: LogEntry, stream: LogStreamInfo | undefined): string {
  const url = new URL(location.href);
  url.searchParams.set("tab", "logs");
  url.searchParams.set("at", entry.time);
  if (stream) url.searchParams.set("from", `${stream.pod}/${stream.container}`);
  return url.href;
}

/** One line in full: JSON readable, with where it came from. */
export function LogDetails(props: {
  entry: LogEntry;
  stream: LogStreamInfo | undefined;
  onClose: () => void;
}) {
  const { entry, stream } = props;
  const json = parseJson(plainText(entry.text));
  const facts: [string, string][] = [
    ["Time", entry.time],
    ["Pod", stream?.pod ?? ""],
    ["Container", stream?.container ?? ""],
  ];
  return (
    <section className="kyma-log-details" aria-label="Line in full">
      <div className="kyma-log-details-head">
        <DescriptionList isCompact isHorizontal isFluid columnModifier={{ default: "1Col", lg: "3Col" }}>
          {facts.map(([term, text]) => (
            <DescriptionListGroup key={term}>
              <DescriptionListTerm>{term}</DescriptionListTerm>
              <DescriptionListDescription className="kyma-break">{text}</DescriptionListDescription>
            </DescriptionListGroup>
          ))}
        </DescriptionList>
        <div className="kyma-log-details-buttons">
          <Button variant="link" icon={<CopyIcon />} onClick={() => void copy(plainText(entry.text), "Line")}>
            Copy line
          </Button>
          <Button variant="link" icon={<LinkIcon />} onClick={() => void copy(linkTo(entry, stream), "Link")}>
            Copy link
          </Button>
          <Button variant="plain" aria-label="Close the line" icon={<TimesIcon />} onClick={props.onClose} />
        </div>
      </div>
      <pre className="kyma-log-full">
        {json ? JSON.stringify(json, null, 2) : <Marked spans={parseAnsi(entry.text)} pattern={undefined} />}
      </pre>
    </section>
  );
}
