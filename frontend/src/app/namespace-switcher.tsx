import {
  Button,
  Divider,
  Menu,
  MenuContainer,
  MenuContent,
  MenuFooter,
  MenuItem,
  MenuList,
  MenuSearch,
  MenuSearchInput,
  MenuToggle,
  SearchInput,
} from "@patternfly/react-core";
import { useNavigate, useRouterState } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { allNamespaces, useNamespaceScope } from "#resources/namespace-scope.ts";
import { useNamespaceNames } from "#resources/use-namespace-names.ts";
import { CreateNamespace } from "./create-namespace.tsx";
import { DeleteNamespace } from "./delete-namespace.tsx";
import { pathInNamespace } from "./namespace-path.ts";

type Dialog = "create" | "delete" | undefined;

/** Which namespaces the pages look at; the choice stands in the address. */
export function NamespaceSwitcher() {
  const [isOpen, setOpen] = useState(false);
  const [dialog, setDialog] = useState<Dialog>();
  const toggleRef = useRef<HTMLButtonElement>(null);
  const menuRef = useRef<HTMLDivElement>(null);
  const { ns, namespace } = useNamespaceScope();
  const names = useNamespaceNames();
  const navigate = useNavigate();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const choose = (next: string) => {
    setOpen(false);
    void navigate({ to: pathInNamespace(path, next) });
  };
  const openDialog = (next: Dialog) => {
    setOpen(false);
    setDialog(next);
  };
  return (
    <>
      <MenuContainer
        isOpen={isOpen}
        onOpenChange={setOpen}
        menuRef={menuRef}
        toggleRef={toggleRef}
        toggle={
          <MenuToggle
            ref={toggleRef}
            isExpanded={isOpen}
            onClick={() => setOpen(!isOpen)}
            aria-label={`Namespace: ${namespace ?? "all"}`}
          >
            <span className="kyma-wide-only">Namespace: </span>
            {namespace ?? "all"}
          </MenuToggle>
        }
        menu={
          <NamespaceMenu
            menuRef={menuRef}
            names={names}
            chosen={ns}
            onChoose={choose}
            onDialog={openDialog}
            canDelete={namespace !== undefined}
          />
        }
      />
      {dialog === "create" ? (
        <CreateNamespace onCreated={choose} onClose={() => setDialog(undefined)} />
      ) : null}
      {dialog === "delete" && namespace !== undefined ? (
        <DeleteNamespace
          name={namespace}
          onDeleted={() => choose(allNamespaces)}
          onClose={() => setDialog(undefined)}
        />
      ) : null}
    </>
  );
}

function NamespaceMenu({
  menuRef,
  ...props
}: {
  menuRef: React.RefObject<HTMLDivElement | null>;
  names: string[];
  chosen: string;
  onChoose: (ns: string) => void;
  onDialog: (dialog: Dialog) => void;
  canDelete: boolean;
}) {
  const [filter, setFilter] = useState("");
  const matching = props.names.filter((name) => name.includes(filter.trim().toLowerCase()));
  // Someone who may not list namespaces can still name one.
  const typed = filter.trim();
  const offersTyped = typed !== "" && !props.names.includes(typed) && props.names.length === 0;
  return (
    <Menu
      ref={menuRef}
      isScrollable
      selected={props.chosen}
      onSelect={(_event, item) => props.onChoose(String(item))}
    >
      <MenuSearch>
        <MenuSearchInput>
          <SearchInput
            aria-label="Find a namespace"
            placeholder="Find a namespace"
            value={filter}
            onChange={(_event, value) => setFilter(value)}
            onClear={() => setFilter("")}
          />
        </MenuSearchInput>
      </MenuSearch>
      <Divider />
      <MenuContent maxMenuHeight="20rem">
        <MenuList aria-label="Namespaces">
          <MenuItem itemId={allNamespaces}>All namespaces</MenuItem>
          {matching.map((name) => (
            <MenuItem key={name} itemId={name}>
              {name}
            </MenuItem>
          ))}
          {offersTyped ? <MenuItem itemId={typed}>Use {typed}</MenuItem> : null}
        </MenuList>
      </MenuContent>
      <MenuFooter>
        <Button variant="link" isInline onClick={() => props.onDialog("create")}>
          Create a namespace
        </Button>
        {props.canDelete ? (
          <div>
            <Button variant="link" isInline isDanger onClick={() => props.onDialog("delete")}>
              Delete {props.chosen}
            </Button>
          </div>
        ) : null}
      </MenuFooter>
    </Menu>
  );
}
