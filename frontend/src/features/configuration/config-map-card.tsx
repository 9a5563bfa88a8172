import { Button, SearchInput } from "@patternfly/react-core";
import { useState } from "react";
import type { ObjectView } from "#resources/feature.ts";
import type { KubeObject } from "#resources/kube-objects.ts";
import { PagePart } from "#resources/object-page/page-part.tsx";
import { visibleText } from "#ui/visible-text.ts";
import { bytesText } from "#ui/quantity-text.ts";
import { base64Bytes, textBytes } from "./byte-size.ts";

interface ConfigMap extends KubeObject {
  data?: Record<string, string>;
  binaryData?: Record<string, string>;
  immutable?: boolean;
}

const shortText = 2000;

/** The entries of a ConfigMap with their values. */
export function ConfigMapCard({ object }: ObjectView) {
  const { data = {}, binaryData = {}, immutable } = object as ConfigMap;
  const [search, setSearch] = useState("");
  const texts = Object.entries(data);
  const binaries = Object.entries(binaryData);
  const size = [
    ...texts.map(([, value]) => textBytes(value)),
    ...binaries.map(([, value]) => base64Bytes(value)),
  ];
  const count = texts.length + binaries.length;
  const total = bytesText(size.reduce((sum, one) => sum + one, 0));
  const shown = texts.filter(([key, value]) =>
    `${key} ${value}`.toLowerCase().includes(search.toLowerCase()),
  );
  return (
    <PagePart title="Data">
      <p className="kyma-subtle">
        {count} {count === 1 ? "entry" : "entries"}, {total} of at most 1 MiB
        {immutable ? "; immutable: it can only be deleted and made anew" : ""}
      </p>
      {count > 5 ? (
        <SearchInput
          aria-label="Search in the data"
          value={search}
          onChange={(_event, value) => setSearch(value)}
          onClear={() => setSearch("")}
        />
      ) : null}
      {shown.map(([key, value]) => (
        <Entry key={key} name={key} value={value} />
      ))}
      {binaries.map(([key, value]) => (
        <p key={key}>
          <strong>{visibleText(key)}</strong>{" "}
          <span className="kyma-subtle">binary, {bytesText(base64Bytes(value))}</span>
        </p>
      ))}
    </PagePart>
  );
}

function Entry({ name, value }: { name: string; value: string }) {
  const [all, setAll] = useState(false);
  const isLong = value.length > shortText;
  return (
    <div className="kyma-entry">
      <strong className="kyma-break">{visibleText(name)}</strong>{" "}
      <span className="kyma-subtle">{bytesText(textBytes(value))}</span>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long values scroll, also by keyboard */}
      <pre className="kyma-value" tabIndex={0} aria-label={name}>
        {visibleText(isLong && !all ? `${value.slice(0, shortText)}…` : value)}
      </pre>
      {isLong ? (
        <Button variant="link" isInline onClick={() => setAll(!all)}>
          {all ? "Show less" : "Show all"}
        </Button>
      ) : null}
    </div>
  );
}
