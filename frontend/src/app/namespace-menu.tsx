import { Button, Checkbox, Divider, SearchInput } from "@patternfly/react-core";
import { useEffect, useRef, useState } from "react";
import { GuardedButton } from "#resources/guarded-button.tsx";
import {
  allNamespaces,
  forgetTyped,
  isNamespaceName,
  namespacesAddress,
  namespacesLabel,
  parseNamespaces,
  recentNamespaces,
  rememberTyped,
  typedNamespaces,
} from "#resources/namespace-scope.ts";
import { useNamespaces } from "#resources/use-namespace-names.ts";
import type { NamespaceDialog } from "./namespace-switcher.tsx";

const mostShown = 200;

interface NamespaceMenuProps {
  /** Undefined: all. */
  chosen: readonly string[] | undefined;
  onChoose: (ns: string) => void;
  onClose: () => void;
  onDialog: (dialog: NamespaceDialog) => void;
}

/** Chooses namespaces: a click on a name takes just that one, its box adds or removes it. */
export function NamespaceMenu(props: NamespaceMenuProps) {
  const { chosen, onChoose, onClose } = props;
  const [filter, setFilter] = useState("");
  const [typed, setTyped] = useState(typedNamespaces);
  const { names, problem } = useNamespaces();
  const search = useFocus();
  const known = [...new Set([...names, ...(problem ? typed : []), ...(chosen ?? [])])].toSorted((a, b) =>
    a.localeCompare(b),
  );
  const wanted = filter.trim().toLowerCase();
  const matching = known.filter((name) => name.includes(wanted));
  const offersTyped = names.length === 0 && isNamespaceName(wanted) && !known.includes(wanted);
  const only = (ns: string) => {
    onChoose(ns);
    onClose();
  };
  const toggle = (name: string) => {
    const now = chosen ?? [];
    onChoose(namespacesAddress(now.includes(name) ? now.filter((other) => other !== name) : [...now, name]));
  };
  const take = (name: string) => {
    rememberTyped(name);
    setTyped(typedNamespaces());
    only(name);
  };
  const forget = (name: string) => {
    forgetTyped(name);
    setTyped(typedNamespaces());
  };
  return (
    <div className="kyma-namespaces" role="dialog" aria-label="Choose namespaces">
      <SearchInput
        ref={search}
        aria-label="Find a namespace"
        placeholder={problem ? "Type a namespace's name" : "Find a namespace"}
        value={filter}
        onChange={(_event, value) => setFilter(value)}
        onClear={() => setFilter("")}
        onSearch={() => {
          if (matching[0] !== undefined && wanted !== "") only(matching[0]);
          else if (offersTyped) take(wanted);
        }}
      />
      {problem ? (
        <p className="kyma-subtle">
          You may not list namespaces. Type the names of yours; this browser remembers them.
        </p>
      ) : null}
      <ul className="kyma-namespace-list" aria-label="Namespaces">
        {wanted === "" ? (
          <TakeItem
            className="kyma-namespace-all"
            label="All namespaces"
            onTake={() => only(allNamespaces)}
          />
        ) : null}
        {offersTyped ? <TakeItem label={`Use ${wanted}`} onTake={() => take(wanted)} /> : null}
        {matching.slice(0, mostShown).map((name) => (
          <NamespaceChoice
            key={name}
            name={name}
            isChosen={chosen?.includes(name) ?? false}
            onToggle={() => toggle(name)}
            onOnly={() => only(name)}
            onForget={
              problem && typed.includes(name) && !chosen?.includes(name) ? () => forget(name) : undefined
            }
          />
        ))}
        {matching.length > mostShown ? (
          <li className="kyma-subtle">and {matching.length - mostShown} more: type to find them</li>
        ) : null}
        {matching.length === 0 && !offersTyped ? <li className="kyma-subtle">None is called so.</li> : null}
      </ul>
      {wanted === "" ? <Recent onOnly={only} /> : null}
      <Divider />
      <Footer {...props} />
    </div>
  );
}

function TakeItem(props: { label: string; className?: string; onTake: () => void }) {
  return (
    <li>
      <Button variant="link" isInline className={props.className ?? ""} onClick={props.onTake}>
        {props.label}
      </Button>
    </li>
  );
}

function useFocus() {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const timer = setTimeout(() => input.current?.focus(), 30);
    return () => clearTimeout(timer);
  }, []);
  return input;
}

function NamespaceChoice(props: {
  name: string;
  isChosen: boolean;
  onToggle: () => void;
  onOnly: () => void;
  onForget: (() => void) | undefined;
}) {
  const { name, isChosen } = props;
  return (
    <li className="kyma-namespace-choice">
      <Checkbox
        id={`namespace-${name}`}
        aria-label={`Show ${name} too`}
        isChecked={isChosen}
        onChange={props.onToggle}
      />
      <Button variant="link" isInline onClick={props.onOnly} title={`Show only ${name}`}>
        {name}
      </Button>
      {props.onForget ? (
        <Button variant="link" isInline className="kyma-namespace-forget" onClick={props.onForget}>
          Forget
        </Button>
      ) : null}
    </li>
  );
}

/** Sets that were chosen lately: one click away. */
function Recent({ onOnly }: { onOnly: (ns: string) => void }) {
  const [recent] = useState(() =>
    recentNamespaces()
      .filter((ns) => ns.includes(","))
      .slice(0, 3),
  );
  if (recent.length === 0) return null;
  return (
    <>
      <Divider />
      <p className="kyma-subtle">Lately together</p>
      <ul>
        {recent.map((ns) => (
          <li key={ns}>
            <Button variant="link" isInline title={ns} onClick={() => onOnly(ns)}>
              {namespacesLabel(parseNamespaces(ns))}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Footer({ chosen, onDialog, onClose }: NamespaceMenuProps) {
  return (
    <div className="kyma-namespace-footer">
      <GuardedButton
        variant="link"
        isInline
        needs={[{ verb: "create", group: "", resource: "namespaces" }]}
        onClick={() => onDialog("create")}
      >
        Create a namespace
      </GuardedButton>
      {chosen?.length === 1 ? (
        <GuardedButton
          variant="link"
          isInline
          isDanger
          needs={[{ verb: "delete", group: "", resource: "namespaces", name: chosen[0] ?? "" }]}
          onClick={() => onDialog("delete")}
        >
          Delete {chosen[0]}
        </GuardedButton>
      ) : null}
      <Button variant="link" isInline onClick={onClose}>
        Done
      </Button>
    </div>
  );
}
