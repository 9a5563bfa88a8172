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
import { useState } from "react";
import { errorMessage } from "#api/errors.ts";
import type { SessionQuery } from "#api/generated/graphql.ts";
import { signOut } from "#api/session.ts";
import { toast } from "#ui/toasts.tsx";

/** Who the person is on which cluster, and the way out. */
export function UserMenu({ session }: { session: SessionQuery["session"] }) {
  const [isOpen, setOpen] = useState(false);
  const queryClient = useQueryClient();
  const leave = async () => {
    try {
      await signOut();
      queryClient.clear();
      location.assign("/");
    } catch (error) {
      toast("danger", "You are still signed in", errorMessage(error));
    }
  };
  return (
    <Dropdown
      isOpen={isOpen}
      onOpenChange={setOpen}
      popperProps={{ position: "right" }}
      toggle={(ref) => (
        <MenuToggle
          ref={ref}
          variant="plainText"
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
        <Fact term="Cluster" text={session.cluster} />
        <Fact term="Kubernetes" text={session.serverVersion} />
      </DescriptionList>
      <Divider />
      <DropdownList>
        <DropdownItem onClick={() => void leave()}>Sign out</DropdownItem>
      </DropdownList>
    </Dropdown>
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
