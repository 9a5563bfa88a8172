import {
  Button,
  FormSelect,
  FormSelectOption,
  Label,
  SearchInput,
  Toolbar,
  ToolbarContent,
  ToolbarItem,
} from "@patternfly/react-core";
import { AngleDownIcon, AngleRightIcon } from "@patternfly/react-icons";
import { useDeferredValue, useMemo, useState } from "react";
import type { ObjectView } from "#resources/feature.ts";
import { EmptyNotice } from "#ui/empty-notice.tsx";
import { PlainText } from "#ui/plain-text.tsx";
import { visibleText } from "#ui/visible-text.ts";
import { constraints, fieldRows, shownRows, type Definition, type FieldRow } from "./definition.ts";

const mostShown = 500;
const none: ReadonlySet<string> = new Set();

/** The fields that objects of a CRD have, to look through and to search. */
export function SchemaTab({ object }: ObjectView) {
  const { versions } = (object as unknown as Definition).spec;
  const [name, setName] = useState(
    () => (versions.find(({ storage }) => storage) ?? versions[0])?.name ?? "",
  );
  const [search, setSearch] = useState("");
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set(["spec", "status"]));
  const schema = versions.find((version) => version.name === name)?.schema?.openAPIV3Schema;
  const rows = useMemo(() => (schema ? fieldRows(schema) : []), [schema]);
  const words = useDeferredValue(search);
  const shown = useMemo(() => shownRows(rows, words, open), [rows, words, open]);
  const toggle = (path: string) => {
    const next = new Set(open);
    if (!next.delete(path)) next.add(path);
    setOpen(next);
  };
  return (
    <div className="kyma-tab">
      <Toolbar inset={{ default: "insetNone" }}>
        <ToolbarContent alignItems="center">
          <ToolbarItem>
            <FormSelect aria-label="Version" value={name} onChange={(_event, value) => setName(value)}>
              {versions.map((version) => (
                <FormSelectOption key={version.name} value={version.name} label={version.name} />
              ))}
            </FormSelect>
          </ToolbarItem>
          <ToolbarItem>
            <SearchInput
              aria-label="Search fields"
              placeholder="Field or description"
              value={search}
              onChange={(_event, value) => setSearch(value)}
              onClear={() => setSearch("")}
            />
          </ToolbarItem>
          <ToolbarItem>
            <Button variant="link" isInline onClick={() => setOpen(new Set(rows.map(({ path }) => path)))}>
              Open all
            </Button>
          </ToolbarItem>
          <ToolbarItem>
            <Button variant="link" isInline onClick={() => setOpen(none)}>
              Close all
            </Button>
          </ToolbarItem>
        </ToolbarContent>
      </Toolbar>
      {rows.length === 0 ? (
        <EmptyNotice title="No schema">This version says nothing about its fields.</EmptyNotice>
      ) : shown.length === 0 ? (
        <EmptyNotice isSearch title="No field matches">
          Try other words.
        </EmptyNotice>
      ) : (
        <ul className="kyma-fields" aria-label="Fields">
          {shown.slice(0, mostShown).map((row) => (
            <Field
              key={row.path}
              row={row}
              isOpen={words !== "" || open.has(row.path)}
              onToggle={() => toggle(row.path)}
            />
          ))}
        </ul>
      )}
      {shown.length > mostShown ? (
        <p className="kyma-subtle">
          The first {mostShown} of {shown.length} fields are shown; search for others.
        </p>
      ) : null}
    </div>
  );
}

function Field({ row, isOpen, onToggle }: { row: FieldRow; isOpen: boolean; onToggle: () => void }) {
  const { schema } = row;
  return (
    <li className="kyma-field" style={{ paddingInlineStart: `${Math.min(row.depth, 10) * 1.25}rem` }}>
      {row.hasChildren ? (
        <Button
          variant="plain"
          isInline
          aria-expanded={isOpen}
          aria-label={`Fields of ${row.path}`}
          icon={isOpen ? <AngleDownIcon /> : <AngleRightIcon />}
          onClick={onToggle}
        />
      ) : (
        <span className="kyma-field-leaf" />
      )}{" "}
      <code title={row.path}>{visibleText(row.name)}</code> <span className="kyma-subtle">{row.type}</span>{" "}
      {row.isRequired ? (
        <Label isCompact color="blue">
          required
        </Label>
      ) : null}
      {schema.default === undefined ? null : (
        <span className="kyma-subtle"> default {visibleText(JSON.stringify(schema.default))}</span>
      )}
      <div className="kyma-field-text">
        <PlainText text={schema.description} />
        {constraints(schema).map((constraint) => (
          <div key={constraint} className="kyma-subtle">
            {visibleText(constraint)}
          </div>
        ))}
      </div>
    </li>
  );
}
