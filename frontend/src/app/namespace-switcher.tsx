import { MenuContainer, MenuToggle } from "@patternfly/react-core";
import { useNavigate, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useRef, useState } from "react";
import { allNamespaces, namespacesLabel, useChosenNamespaces } from "#resources/namespace-scope.ts";
import { CreateNamespace } from "./create-namespace.tsx";
import { DeleteNamespace } from "./delete-namespace.tsx";
import { pathInNamespace } from "./namespace-path.ts";

const NamespaceMenu = lazy(async () => ({ default: (await import("./namespace-menu.tsx")).NamespaceMenu }));

export type NamespaceDialog = "create" | "delete" | undefined;

/** Which namespaces the pages look at: all, one, or any set; the choice stands in the address. */
export function NamespaceSwitcher() {
  const [isOpen, setOpen] = useState(false);
  const [dialog, setDialog] = useState<NamespaceDialog>();
  const toggleRef = useRef<HTMLButtonElement>(null);
  const menuRef = useRef<HTMLDivElement>(null);
  const { namespaces } = useChosenNamespaces();
  const choose = useChooseNamespaces();
  const label = namespacesLabel(namespaces);
  const [single] = namespaces?.length === 1 ? namespaces : [];
  const close = () => {
    setOpen(false);
    toggleRef.current?.focus();
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
            aria-label={`Namespaces: ${label}`}
            title={namespaces?.join(", ")}
          >
            <span className="kyma-wide-only">Namespaces: </span>
            {label}
          </MenuToggle>
        }
        menu={
          <div ref={menuRef}>
            <Suspense>
              {isOpen ? (
                <NamespaceMenu
                  chosen={namespaces}
                  onChoose={choose}
                  onClose={close}
                  onDialog={(next) => {
                    setOpen(false);
                    setDialog(next);
                  }}
                />
              ) : null}
            </Suspense>
          </div>
        }
      />
      {dialog === "create" ? (
        <CreateNamespace onCreated={choose} onClose={() => setDialog(undefined)} />
      ) : null}
      {dialog === "delete" && single !== undefined ? (
        <DeleteNamespace
          name={single}
          onDeleted={() => choose(allNamespaces)}
          onClose={() => setDialog(undefined)}
        />
      ) : null}
    </>
  );
}

/** Leads to the same list in other namespaces, with the same filters. */
function useChooseNamespaces(): (ns: string) => void {
  const navigate = useNavigate();
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (ns) => {
    const to = pathInNamespace(path, ns);
    // Only a list's search makes sense in other namespaces; the tab of an object's page does not.
    const isSameList = to.split("/").length === path.split("/").length;
    void navigate({ to, ...(isSameList ? { search: true as never } : {}) });
  };
}
