import {
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
  Divider,
  Dropdown,
  DropdownItem,
  DropdownList,
  MenuToggle,
} from "@patternfly/react-core";
import { UserIcon } from "@patternfly/react-icons";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { errorMessage } from "#api/errors.ts";
import type { SessionQuery } from "#api/generated/graphql.ts";
import { signOut } from "#api/session.ts";
import { useNamespaceScope } from "#resources/namespace-scope.ts";
import { exactTime } from "#ui/age-text.ts";
import { toast } from "#ui/toasts.tsx";
import { announceActor } from "./actor-channel.ts";

const ViewAsDialog = lazy(async () => ({ default: (await import("./view-as-dialog.tsx")).ViewAsDialog }));

/** Who the person is on which cluster, and the way out. */
export function UserMenu({ session }: { session: SessionQuery["session"] }) {
  const [isOpen, setOpen] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const queryClient = useQueryClient();
  const leave = async () => {
    try {
      await signOut();
      queryClient.clear();
      announceActor(undefined);
      location.assign("/");
    } catch (error) {
      toast("danger", "You are still signed in", errorMessage(error));
    }
  };
  return (
    <>
      {choosing ? (
        <Suspense>
          <ViewAsDialog onClose={() => setChoosing(false)} />
        </Suspense>
      ) : null}
      <Dropdown
        isOpen={isOpen}
        onOpenChange={setOpen}
        onSelect={() => setOpen(false)}
        popperProps={{ position: "right" }}
        toggle={(ref) => (
          <MenuToggle
            ref={ref}
            variant="plainText"
            className="kyma-user-toggle"
            aria-label={`Signed in as ${session.user} on ${session.cluster}`}
            isExpanded={isOpen}
            icon={<UserIcon />}
            onClick={() => setOpen(!isOpen)}
          >
            <span className="kyma-wide-only">
              {session.user} on {session.cluster}
            </span>
          </MenuToggle>
        )}
      >
        <DescriptionList isCompact className="kyma-user-facts">
          <Fact term="User" text={session.user} />
          {session.viewAs ? <Fact term="Signed in as" text={session.signedInAs} /> : null}
          {session.endsAt ? <Fact term="Token expires" text={exactTime(session.endsAt)} /> : null}
          <Fact term="Cluster" text={session.cluster} />
          <Fact term="Kubernetes" text={session.serverVersion} />
        </DescriptionList>
        <Divider />
        <DropdownList>
          <AccessItem />
          <DropdownItem onClick={() => setChoosing(true)}>View as somebody else…</DropdownItem>
          <DropdownItem onClick={() => void leave()}>Sign out</DropdownItem>
        </DropdownList>
      </Dropdown>
    </>
  );
}

function AccessItem() {
  const navigate = useNavigate();
  const { ns } = useNamespaceScope();
  return (
    <DropdownItem onClick={() => void navigate({ href: `/namespaces/${ns}/access` })}>My access</DropdownItem>
  );
}

function Fact({ term, text }: { term: string; text: string }) {
  return (
    <DescriptionListGroup>
      <DescriptionListTerm>{term}</DescriptionListTerm>
      <DescriptionListDescription>{text}</DescriptionListDescription>
    </DescriptionListGroup>
  );
}
